"""What a person may be allowed to do in quarantine."""

from admin_suite.core.i18n import N_
from admin_suite.core.permissions import Permission, Role

SEE = Permission(
    "quarantine.see",
    N_("See who stays where in quarantine"),
    (Role.QUARANTINE, Role.CLERK, Role.TRACER, Role.LEADER),
)
PLACES = Permission(
    "quarantine.places", N_("Set up facilities, rooms and beds"), (Role.QUARANTINE,)
)
EXPECT = Permission(
    "quarantine.expect", N_("Enter people who come to quarantine"), (Role.QUARANTINE, Role.CLERK)
)
PLACE = Permission("quarantine.place", N_("Give beds and let people go"), (Role.QUARANTINE,))
OBSERVE = Permission("quarantine.observe", N_("Enter health rounds"), (Role.QUARANTINE, Role.CLERK))
FOLLOW = Permission(
    "quarantine.follow",
    N_("Call and visit people at home"),
    (Role.QUARANTINE, Role.CLERK, Role.TRACER),
)
DECIDE = Permission(
    "quarantine.decide", N_("Decide on positives in quarantine"), (Role.QUARANTINE, Role.LEADER)
)
KEEP = Permission(
    "quarantine.keep",
    N_("Keep supplies, parcels and who pays for meals"),
    (Role.QUARANTINE, Role.CLERK),
)
RULES = Permission("quarantine.rules", N_("Decide how long quarantine lasts"), (Role.LEADER,))
SETTINGS = Permission(
    "quarantine.settings", N_("Change the settings of quarantine"), (Role.QUARANTINE, Role.LEADER)
)
