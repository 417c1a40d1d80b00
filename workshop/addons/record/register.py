"""What is kept of a training: ``workshop record``, the map of competences, and certificates."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(
    needs=("docx", "room"),
    commands={"record": "workshop.addons.record.record_command:record_command"},
    writers={
        "certificate": "workshop.addons.record.certificates:CERTIFICATE",
        "manager": "workshop.addons.record.record_page:MANAGER",
        "record": "workshop.addons.record.record_page:RECORD",
        "record-docx": "workshop.addons.record.record_page:DOCX",
        "record-json": "workshop.addons.record.record_page:JSON",
    },
    step="workshop.addons.record.build_step:STEP",
    paper="workshop.addons.record.certificates:PAPER",
)
