"""The pages on which a city is set up: its tree, services, counters, periods, questionnaires, and spreadsheets.

Imports usecases and web's own parts.
Begin with `views`, the guide; every form is a `Question`.
"""

import skm.web.city.set_up.counters
import skm.web.city.set_up.instruments
import skm.web.city.set_up.organisations
import skm.web.city.set_up.periods
import skm.web.city.set_up.services
import skm.web.city.set_up.spreadsheet  # noqa: F401 - each adds its pages to the blueprint
from skm.web.city.set_up.views import set_up

__all__ = ["set_up"]
