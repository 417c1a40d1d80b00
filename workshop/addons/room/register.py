"""What happened in the room: ``workshop quiz`` and ``tally``."""

from workshop.plugins.addons import AddOn

ADDON = AddOn(commands={name: f"workshop.addons.room.room_commands:{name}_command" for name in ("quiz", "tally")})
