"""What is said when the database refuses a row of vaccination."""

from admin_suite.core.i18n import N_

STORED = N_("This is stored already.")
NUMBER_TAKEN = N_("Somebody else took this number at the same moment. Try again.")
NEVER_DELETED = N_("What was recorded of a vaccination is never deleted; take it back instead.")

COMPLAINTS = {
    "uq_vaccination_registration_uid": STORED,
    "kept_vaccination_registration": NEVER_DELETED,
    "uq_vaccination_dose_uid": N_("This dose is entered already."),
    "uq_vaccination_dose_vial_id_draw": N_(
        "Somebody else drew this dose from the vial at the same moment. Try again."
    ),
    "ck_vaccination_dose_drawn": N_("A dose from a vial says which dose of it."),
    "ck_vaccination_dose_reason": N_("Say why the dose is taken back."),
    "kept_vaccination_dose": NEVER_DELETED,
    "uq_vaccination_forecast_person_id": N_(
        "When the next dose of this person is due was counted anew at the same moment. Try again."
    ),
    "uq_vaccination_lot_product_lot": N_("This lot of this product is entered already."),
    "ck_vaccination_lot_vial": N_("A vial holds at least one dose."),
    "ck_vaccination_lot_recalled": N_("A recall says when, by whom and why."),
    "fixed_vaccination_lot": N_("Product and number of a lot never change."),
    "kept_vaccination_lot": NEVER_DELETED,
    "uq_vaccination_stock_move_lot_id_nth": N_(
        "Somebody else took from this lot at the same moment. Try again."
    ),
    "uq_vaccination_stock_move_lot_id_nth_after": N_(
        "Somebody else took from this lot at the same moment. Try again."
    ),
    "ck_vaccination_stock_move_chain": N_("A line of the ledger follows the one before."),
    "ck_vaccination_stock_move_sum": N_("The balance of a lot is the sum of its lines."),
    "ck_vaccination_stock_move_balance": N_("There are not so many doses of this lot."),
    "ck_vaccination_stock_move_doses": N_("Say how many doses: at least one."),
    "fixed_vaccination_stock_move": N_("A line of the ledger stays; correct it by another one."),
    "kept_vaccination_stock_move": NEVER_DELETED,
    "uq_vaccination_vial_session_id_number": N_(
        "Somebody else opened a vial at the same moment. Try again."
    ),
    "uq_vaccination_vial_move_id": STORED,
    "ck_vaccination_vial_closed": N_("A closed vial says when, by whom, and how much was left."),
    "ck_vaccination_vial_wasted": N_("No more can be thrown away than was in the vial."),
    "ck_vaccination_vial_time": N_("A vial is thrown away after it was opened."),
    "fixed_vaccination_vial": N_("Lot, session and number of a vial never change."),
    "kept_vaccination_vial": NEVER_DELETED,
    "closed_vaccination_vial": N_("This vial is closed; open it again before it is changed."),
    "uq_vaccination_session_held_on_place_starts": N_(
        "There is a session at this place at that hour already."
    ),
    "ck_vaccination_session_capacity": N_("A session is for at least one person."),
    "kept_vaccination_session": NEVER_DELETED,
    "uq_vaccination_visit_session_id_person_id": N_("This person is on the list already."),
    "uq_vaccination_visit_dose_id": STORED,
    "ck_vaccination_visit_outside": N_("Say who sent this person, who was not invited."),
    "ck_vaccination_visit_consent": N_("A consent has its moment."),
    "ck_vaccination_visit_screened": N_("A screening has its moment and its form."),
    "kept_vaccination_visit": NEVER_DELETED,
    "kept_vaccination_reaction": NEVER_DELETED,
    "uq_vaccination_reaction_dose_id_kind": N_("This reaction is noted already."),
    "uq_vaccination_event_number": NUMBER_TAKEN,
    "ck_vaccination_event_serious": N_("Say first that the event is serious."),
    "ck_vaccination_event_death": N_("A day of death needs the outcome “died”."),
    "ck_vaccination_event_closed": N_("Say what became of the person before closing the report."),
    "fixed_vaccination_event": N_("A report keeps its number and its dose."),
    "kept_vaccination_event": NEVER_DELETED,
    "uq_vaccination_follow_up_event_id_after_days": N_("This follow-up is written down already."),
    "fixed_vaccination_follow_up": N_("A follow-up that was written down stays."),
    "kept_vaccination_follow_up": NEVER_DELETED,
    "uq_vaccination_correction_number": NUMBER_TAKEN,
    "ck_vaccination_correction_closed": N_("An answer has its day and whoever gave it."),
    "ck_vaccination_correction_answer": N_("Say why the correction is declined."),
    "fixed_vaccination_correction": N_("A request keeps its number and its day."),
    "kept_vaccination_correction": NEVER_DELETED,
    "uq_vaccination_slip_number": NUMBER_TAKEN,
    "fixed_vaccination_slip": N_("A slip that was printed stays as it is."),
    "kept_vaccination_slip": NEVER_DELETED,
}
