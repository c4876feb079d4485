"""Our ES modules become one script for a page or a worker."""

import pytest

from skm.web.frame import scripts

QUEUE = """// Answers that wait.
export const KIOSK = true;

const name = "queue";
export async function send(answer) {
  // The server keeps one.
  return name + answer; // and no more
}
"""


def in_order(**sources):
    return [module.name for module in scripts.in_order("form", sources.__getitem__)]


def test_a_module_comes_once_and_after_what_it_imports():
    form = 'import { send } from "./queue.js";\nimport { show } from "./page.js";\nshow(send);'
    page = 'import { KIOSK } from "./queue.js";\nexport const show = () => KIOSK;'
    assert in_order(form=form, page=page, queue=QUEUE) == ["queue", "page", "form"]


def test_a_module_becomes_a_function_that_returns_its_exports(monkeypatch):
    sources = {"queue": QUEUE, "form": 'import { send } from "./queue.js";\nsend();'}
    monkeypatch.setattr(scripts, "read", sources.__getitem__)
    assert scripts.joined("form") == (
        '"use strict";\n'
        "const $queue = (() => {\n"
        "const KIOSK = true;\n"
        'const name = "queue";\n'
        "async function send(answer) {\n"
        "  return name + answer; // and no more\n"
        "}\n"
        "return { KIOSK, send };\n"
        "})();\n"
        "const $form = (() => {\n"
        "const { send } = $queue;\n"
        "send();\n"
        "})();\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        'import send from "./queue.js";',
        'import * as queue from "./queue.js";',
        'import { send as post } from "./queue.js";',
        'import { send } from "../queue.js";',
        'import { send } from "./queue.js"; send();',
        'import "./queue.js";',
        "import {",
        '  import { send } from "./queue.js";',
        'const queue = await import("./queue.js");',
        "export default 1;",
        "export let state = 1;",
        "export { state };",
        'export * from "./queue.js";',
    ],
)
def test_any_other_import_or_export_is_refused(line):
    with pytest.raises(scripts.ScriptFault, match="another form"):
        in_order(form=line, queue=QUEUE)


def test_an_import_of_what_is_not_exported_is_refused():
    with pytest.raises(scripts.ScriptFault, match=r"queue\.js does not export name to form\.js"):
        in_order(form='import { name } from "./queue.js";', queue=QUEUE)


def test_modules_that_import_each_other_are_refused():
    form = 'import { a } from "./page.js";\nexport const b = 1;'
    page = 'import { b } from "./form.js";\nexport const a = 1;'
    with pytest.raises(scripts.ScriptFault, match=r"form\.js imports itself through page\.js"):
        in_order(form=form, page=page)


def test_a_module_that_is_not_there_is_refused():
    with pytest.raises(scripts.ScriptFault, match=r"no module nowhere\.js"):
        scripts.read("nowhere")
