"""The companion page as a SCORM 1.2 package: a page around it tells the platform how many bets are placed and won."""

from __future__ import annotations

from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, indent

from workshop.addons.export.formats import document, packed

PAGE, LAUNCH = "explore.html", "index.html"
CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"


def scorm(title: str, page: bytes) -> bytes:
    """Return the package."""
    launch = (files("workshop.addons.export") / "launch.html").read_bytes()
    return packed({"imsmanifest.xml": manifest(title), LAUNCH: launch, PAGE: page})


def manifest(title: str) -> bytes:
    """Return the manifest: one organisation with one item, which can be launched."""
    root = Element("manifest", {"xmlns": CP, "xmlns:adlcp": ADL, "identifier": "MANIFEST", "version": "1.0"})
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "ADL SCORM"
    SubElement(metadata, "schemaversion").text = "1.2"
    organizations = SubElement(root, "organizations", default="ORG")
    organization = SubElement(organizations, "organization", identifier="ORG")
    SubElement(organization, "title").text = title
    item = SubElement(organization, "item", identifier="ITEM", identifierref="PAGE")
    SubElement(item, "title").text = title
    kind = {"identifier": "PAGE", "type": "webcontent", "adlcp:scormtype": "sco", "href": LAUNCH}
    resource = SubElement(SubElement(root, "resources"), "resource", kind)
    for name in (LAUNCH, PAGE):
        SubElement(resource, "file", href=name)
    indent(root)
    return document(root)
