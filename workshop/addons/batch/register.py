"""One kit per row of a table: ``workshop batch``."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(
    commands={"batch": "workshop.addons.batch.batch_command:batch_command"}, limits="workshop.addons.batch.rows"
)
