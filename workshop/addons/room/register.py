"""What happens in the room: ``workshop quiz`` and ``tally``, and the polls of a call."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(
    commands={name: f"workshop.addons.room.room_commands:{name}_command" for name in ("quiz", "tally")},
    writers={"polls": "workshop.addons.room.polls:POLLS"},
)
