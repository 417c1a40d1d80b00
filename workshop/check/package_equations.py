"""Checks of a package's equations, and of markup that older programs don't show."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.errors import Report
from workshop.files.package_file import NAMESPACES, Node, PackageFile
from workshop.files.schema import CHOICE, EITHER, FALLBACK

# Checks of what a slide has twice, for newer and for older programs, and of the equations in it.
#
# Markup compatibility is ISO/IEC 29500-3; equations are ECMA-376, part 1, section 22.1.
_M, _A14 = (f"{{{NAMESPACES[prefix]}}}" for prefix in ("m", "a14"))
# The children of an element, in order; those in brackets may be missing, one with a plus may come again
ORDER = {
    "f": "[fPr] num den",
    "rad": "[radPr] [deg] e",
    "sSub": "[sSubPr] e sub",
    "sSup": "[sSupPr] e sup",
    "sSubSup": "[sSubSupPr] e sub sup",
    "sPre": "[sPrePr] sub sup e",
    "nary": "[naryPr] [sub] [sup] e",
    "func": "[funcPr] fName e",
    "limLow": "[limLowPr] e lim",
    "limUpp": "[limUppPr] e lim",
    "acc": "[accPr] e",
    "bar": "[barPr] e",
    "box": "[boxPr] e",
    "borderBox": "[borderBoxPr] e",
    "groupChr": "[groupChrPr] e",
    "phant": "[phantPr] e",
    "d": "[dPr] e+",
    "eqArr": "[eqArrPr] e+",
    "m": "[mPr] mr+",
    "mr": "e+",
    "mcs": "mc+",
    "mc": "mcPr",
    "oMathPara": "[oMathParaPr] oMath+",
    "oMathParaPr": "[jc]",
    "rPr": "[lit] [nor] [scr] [sty] [brk] [aln]",
    "fPr": "[type] [ctrlPr]",
    "radPr": "[degHide] [ctrlPr]",
    "naryPr": "[chr] [limLoc] [grow] [subHide] [supHide] [ctrlPr]",
    "accPr": "[chr] [ctrlPr]",
    "barPr": "[pos] [ctrlPr]",
    "groupChrPr": "[chr] [pos] [vertJc] [ctrlPr]",
    "dPr": "[begChr] [sepChr] [endChr] [grow] [shp] [ctrlPr]",
    "eqArrPr": "[baseJc] [maxDist] [objDist] [rSpRule] [rSp] [ctrlPr]",
    "mPr": "[baseJc] [plcHide] [rSpRule] [cGpRule] [rSp] [cSp] [cGp] [mcs] [ctrlPr]",
    "mcPr": "[count] [mcJc]",
}
ORDER |= dict.fromkeys(("sSubPr", "sSupPr", "sPrePr", "funcPr", "limLowPr", "limUppPr"), "[ctrlPr]")
ORDER |= {"sSubSupPr": "[alnScr] [ctrlPr]"}
ARGUMENTS = frozenset({"e", "num", "den", "sub", "sup", "deg", "lim", "fName"})
# what hides an empty argument: the element of the properties of what the argument belongs to
HIDES = {"deg": "degHide", "sub": "subHide", "sup": "supHide"}
ON = (None, "1", "on", "true")


def check_markup(root: Node, place: str, package: PackageFile, report: Report) -> None:
    """Report what older programs don't show at all, since it has no form for them."""
    if any(either.find(FALLBACK) is None for either in root.iter(EITHER)):
        report.warn(
            f"{place} has mc:AlternateContent without mc:Fallback", package.at, "add what older programs may show", "fallback"
        )  # fmt: skip


def check_equations(root: Node, place: str, package: PackageFile, report: Report) -> None:
    """Report equations that programs would repair, show as an empty box, or not show at all."""
    for holder in root.iter(f"{_A14}m"):
        if not _is_chosen(holder):
            report.error(
                f"{place} has an equation that older programs can't skip", package.at,
                "put it into mc:AlternateContent", "equation",
            )  # fmt: skip
            break
    for what in dict.fromkeys(faults_of(root)):
        report.error(f"{place} has an equation {what}", package.at, "write the equation again", "equation")


def _is_chosen(node: Node) -> bool:
    return any(
        above.nsmap.get(prefix) == NAMESPACES["a14"]
        for above in node.iterancestors(CHOICE)
        for prefix in str(above.get("Requires", "")).split()
    )


def faults_of(root: Node) -> Iterator[str]:
    """Yield in words what is wrong with the equations below a node."""
    for math in root.iter(f"{_M}oMath", f"{_M}oMathPara"):
        for node in math.iter():
            name = str(node.tag).removeprefix(_M)
            children = [str(child.tag).removeprefix(_M) for child in node]
            if name in ORDER and not _in_order(ORDER[name].split(), children):
                yield f"whose {name} holds {' '.join(children) or 'nothing'}"
            if name in ARGUMENTS and not _has_content(children) and not _is_hidden(node, name):
                yield f"with an empty {name}"


def _in_order(wanted: list[str], children: list[str]) -> bool:
    rest = list(children)
    for one in wanted:
        name = one.strip("[]+")
        if rest and rest[0] == name:
            rest.pop(0)
            while one.endswith("+") and rest and rest[0] == name:
                rest.pop(0)
        elif not one.startswith("["):
            return False
    return not rest


def _has_content(children: list[str]) -> bool:
    return any(name not in ("argPr", "ctrlPr") for name in children)


def _is_hidden(node: Node, name: str) -> bool:
    owner, tag = node.getparent(), HIDES.get(name, "")
    if owner is not None and owner.tag == f"{_M}mr":
        owner, tag = owner.getparent(), "plcHide"
    sign = owner.find(f"*/m:{tag}", NAMESPACES) if owner is not None and tag else None
    return sign is not None and sign.get(f"{_M}val") in ON
