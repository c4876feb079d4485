"""`make check` finds what is wrong with a script."""

import pytest

from tests.rules.scripts import faults, ours

QUEUE = "export const send = (answer) => answer;"
FORM = 'import { send } from "./queue.js";\nsend(document);'


def found(form: str, queue: str = QUEUE) -> list[str]:
    return faults({"form": form, "queue": queue}, ("form",))


def test_nothing_is_wrong_with_ours():
    assert len(ours()) > 5
    assert not found(FORM)


@pytest.mark.parametrize(
    ("form", "queue", "fault"),
    [
        (FORM, "export const keep = 1;", "queue.js does not export send to form.js"),
        (FORM, QUEUE + "\nexport const drop = 1;", "queue.js exports drop to nobody"),
        (FORM, QUEUE + "\nconst shelf = 1;", "queue.js: shelf is not used"),
        (FORM + "\nconst {", QUEUE, "form.js: line 3 is no JavaScript"),
        ('import { send } from "./queue.js";', QUEUE, "form.js: send is not used"),
        (FORM + "\nkeep(1);", QUEUE, "form.js: keep is neither declared nor imported"),
        (FORM + "\nsend(({ a = keep }) => a);", QUEUE, "form.js: keep is neither declared nor imported"),
        (FORM + "\nsend(`a\nb`);", QUEUE, "form.js: the text that begins in line 3 goes over several lines"),
        (
            FORM + "\nsend(1); export const a = 1;",
            QUEUE,
            "form.js: an import or export does not begin a line",
        ),
        ("send(document);", QUEUE, "queue.js is imported by nothing"),
    ],
)
def test_a_fault_is_said(form, queue, fault):
    assert fault in found(form, queue)


@pytest.mark.parametrize(
    "declared",
    [
        "const [a, { b, c: [d] }, ...e] = send(1);\nsend(a, b, d, e);",
        "for (const a of send(1)) send(a);",
        "try { send(1); } catch (a) { send(a); }",
        "function a({ b = 1 }, ...c) { return send(b, c, a); }\na(1);",
        "const a = { send, b: 1 };\nsend(a.b);",
    ],
)
def test_whatever_is_declared_in_a_pattern_is_known(declared):
    assert not found(f'import {{ send }} from "./queue.js";\n{declared}')
