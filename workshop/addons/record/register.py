"""What is kept of a training: ``workshop record``, the map of competences, and certificates."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(
    needs=("room",),
    commands={"record": "workshop.addons.record.record_command:record_command"},
    writers={
        "certificate": "workshop.addons.record.certificate:CERTIFICATE",
        "record": "workshop.addons.record.record_page:RECORD",
    },
    paper="workshop.addons.record.certificate:PAPER",
)
