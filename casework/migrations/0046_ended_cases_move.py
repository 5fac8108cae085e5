"""A case that was ended needs no introduction, and goes to the successor of a contract with everything that is of it (decision 0023).

As the functions before these, they run as the owner and judge themselves whether they may.
"""

import importlib

from django.db import migrations
from django.db.migrations.operations import RunSQL

from luisterloket.platform.walls import APP, JOBS

before = importlib.import_module("casework.migrations.0042_moving_cases")
DEFINER = before.DEFINER
TODAY = "(clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date"

# Who gets what nobody was introduced to: a coordinator who is there today, the one appointed first; without one, a wijkwerker.
# Never who is kept out of the case.
TAKES_OVER = f"""
CREATE FUNCTION who_takes_over(p_unit uuid, p_case uuid) RETURNS uuid LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT a.user_id FROM people_appointment a JOIN people_user u ON u.id = a.user_id AND u.is_active
  WHERE a.unit_id = p_unit AND a.role IN ('coordinator', 'wijkwerker') AND a.since <= {TODAY}
    AND (a.until IS NULL OR a.until >= {TODAY})
    AND NOT EXISTS (SELECT FROM casework_caseguard g WHERE g.case_id = p_case AND g.kind = 'excluded' AND g.user_id = a.user_id)
  ORDER BY a.role = 'coordinator' DESC, a.since, a.id LIMIT 1 $$;
-- Maatwerk that waits is signed by the wijk whose money it is, before its case leaves there.
CREATE FUNCTION can_be_carried(p_case uuid, p_to_unit uuid) RETURNS boolean LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT who_takes_over(p_to_unit, p_case) IS NOT NULL
    AND NOT EXISTS (SELECT FROM wijkbegroting_maatwerkgrant g WHERE g.case_id = p_case AND g.status IN ('asked', 'cosigned')) $$;
REVOKE EXECUTE ON FUNCTION who_takes_over(uuid, uuid), can_be_carried(uuid, uuid) FROM PUBLIC;
"""

# What moves the rows: for a handover that was accepted, and for a contract that is settled. Nobody calls it by itself.
CARRY = f"""
CREATE FUNCTION carry_case(p_case uuid, p_to_unit uuid) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE moves text; goes_to uuid; residents uuid[];
BEGIN
  residents := ARRAY(SELECT resident_id FROM casework_casemember WHERE case_id = p_case);
  SELECT organisation_id INTO goes_to FROM people_unit WHERE id = p_to_unit;
  FOR moves IN SELECT * FROM tables_of_a_case() LOOP
    EXECUTE format('UPDATE %I SET unit_id = $1 WHERE case_id = $2 AND unit_id <> $1', moves) USING p_to_unit, p_case;
  END LOOP;
  UPDATE casework_case SET unit_id = p_to_unit WHERE id = p_case;
  UPDATE casework_historicalcase SET unit_id = p_to_unit WHERE id = p_case;
  UPDATE casework_resident SET unit_id = p_to_unit WHERE id = ANY (residents);
  UPDATE casework_historicalresident SET unit_id = p_to_unit WHERE id = ANY (residents);
  UPDATE casework_searchkey SET unit_id = p_to_unit WHERE resident_id = ANY (residents);
  UPDATE casework_intakewriter SET unit_id = p_to_unit
    WHERE intake_id IN (SELECT i.id FROM casework_intake i WHERE i.case_id = p_case);
  UPDATE casework_signattempt SET unit_id = p_to_unit
    WHERE sign_id IN (SELECT s.id FROM casework_earlysign s WHERE s.case_id = p_case);
  -- An identity number goes to an organisation that may use it, or nowhere (decision 0016).
  IF EXISTS (SELECT FROM convenant_identitynumberuse u WHERE u.organisation_id = goes_to AND u.switched_off_at IS NULL) THEN
    UPDATE casework_identitynumber SET organisation_id = goes_to WHERE case_id = p_case;
    UPDATE casework_historicalidentitynumber SET organisation_id = goes_to WHERE case_id = p_case;
  ELSE
    DELETE FROM casework_identitynumber WHERE case_id = p_case;
    DELETE FROM casework_historicalidentitynumber WHERE case_id = p_case;
    DELETE FROM casework_searchkey WHERE resident_id = ANY (residents) AND kind = 'bsn';
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION carry_case(uuid, uuid) FROM PUBLIC;

CREATE OR REPLACE FUNCTION move_case(p_handover uuid) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE h casework_handover%ROWTYPE;
BEGIN
  SELECT * INTO h FROM casework_handover WHERE id = p_handover;
  IF h.id IS NULL OR h.status <> 'done' OR h.ended_by_id IS DISTINCT FROM acting_user() OR h.to_user_id IS DISTINCT FROM acting_user()
     OR h.unit_id = h.to_unit_id OR NOT can_keep_cases(acting_user(), h.to_unit_id) THEN
    RAISE EXCEPTION 'this case may not be moved' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM FROM casework_case WHERE id = h.case_id AND owner_id = h.to_user_id AND unit_id = h.from_unit_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'the case is not there any more' USING ERRCODE = 'check_violation'; END IF;
  PERFORM carry_case(h.case_id, h.to_unit_id);
END $$;
"""

# An ended case to one new owner, with what somebody of the old team still had to do in it: the same that `moves_along` moves.
ENDED = f"""
CREATE FUNCTION carry_ended_case(p_case uuid, p_ending uuid, p_from uuid, p_to uuid, p_by uuid) RETURNS void
  LANGUAGE plpgsql {DEFINER} AS $$
DECLARE old uuid; new uuid; at timestamptz := clock_timestamp(); gone uuid[]; h uuid;
BEGIN
  SELECT owner_id INTO old FROM casework_case WHERE id = p_case AND unit_id = p_from AND status = 'ended' FOR NO KEY UPDATE;
  IF NOT FOUND OR NOT can_be_carried(p_case, p_to) THEN
    RAISE EXCEPTION 'an ended case has nobody to go to' USING ERRCODE = 'check_violation';
  END IF;
  -- Somebody may have been chosen for it already.
  SELECT coalesce(
    (SELECT to_user_id FROM casework_handover
     WHERE case_id = p_case AND status IN ('planned', 'introduced') AND to_unit_id = p_to AND can_keep_cases(to_user_id, p_to)),
    who_takes_over(p_to, p_case)) INTO new;
  gone := ARRAY(
    SELECT DISTINCT a.user_id FROM people_appointment a
    WHERE a.unit_id = p_from AND a.role IN ('wijkwerker', 'coordinator', 'buddy') AND NOT can_keep_cases(a.user_id, p_to)
  ) || old;
  UPDATE casework_involvement SET until = at
    WHERE case_id = p_case AND until IS NULL AND (kind = 'owner' OR user_id = new OR user_id = ANY (gone));
  INSERT INTO casework_involvement (id, case_id, user_id, unit_id, kind, reason, explanation, since)
    VALUES (gen_random_uuid(), p_case, new, p_to, 'owner', '', '', at);
  -- Whoever becomes the owner of a protected case is named by that, before the others are no more.
  UPDATE casework_case SET owner_id = new WHERE id = p_case;
  DELETE FROM casework_caseguard WHERE case_id = p_case AND kind = 'named' AND user_id = ANY (gone) AND user_id <> new;
  UPDATE casework_meeting SET who_id = CASE WHEN who_id = ANY (gone) THEN new ELSE who_id END,
      along_id = CASE WHEN along_id = ANY (gone) AND who_id <> ALL (gone) AND who_id <> new THEN new
                      WHEN along_id = ANY (gone) OR (along_id = new AND who_id = ANY (gone)) THEN NULL ELSE along_id END
    WHERE case_id = p_case AND ended = '' AND (who_id = ANY (gone) OR along_id = ANY (gone));
  UPDATE casework_meldcodetrack SET owner_id = new WHERE case_id = p_case AND owner_id = ANY (gone);
  UPDATE casework_planstep SET guard_id = new, version = version + 1
    WHERE case_id = p_case AND guard_id = ANY (gone) AND status IN ('planned', 'doing');
  UPDATE casework_looseenddecision SET who_id = new WHERE case_id = p_case AND who_id = ANY (gone);
  UPDATE backoffice_specialistrequest SET asked_by_id = new
    WHERE case_id = p_case AND asked_by_id = ANY (gone) AND status IN ('sent', 'taken_up', 'asked_back', 'answered');
  UPDATE backoffice_stall SET owner_id = new
    WHERE case_id = p_case AND owner_id = ANY (gone) AND owner_kind = 'asker' AND ended_at IS NULL;
  -- One that somebody planned is done by this; else it is written down, since who reads the history follows what was handed over.
  UPDATE casework_handover SET status = 'done', from_user_id = coalesce(nullif(old, new), p_by), to_user_id = new,
      to_unit_id = p_to, part_of_id = p_ending,
      ended_at = at, ended_by_id = p_by
    WHERE case_id = p_case AND status IN ('planned', 'introduced') RETURNING id INTO h;
  IF h IS NULL THEN
    h := gen_random_uuid();
    INSERT INTO casework_handover (id, case_id, unit_id, from_unit_id, to_unit_id, from_user_id, to_user_id, status, why, asked_at,
        part_of_id, due_on, stays, no_meeting_because, given_back_because, gave_part, gave_name, ended_at, ended_by_id)
      VALUES (h, p_case, p_from, p_from, p_to, coalesce(nullif(old, new), p_by), new, 'done', 'contract', at, p_ending, {TODAY},
        false, '', '', false, false, at, p_by);
  END IF;
  PERFORM carry_case(p_case, p_to);
  INSERT INTO platform_historyentry (id, at, actor_id, actor_kind, verb, thing_label, thing_id, unit_id, case_id, details)
    VALUES (gen_random_uuid(), at, p_by, 'person', 'handover.carried', 'casework.handover', h, p_to, p_case,
      jsonb_build_object('user', new));
END $$;
-- Early signs run by a term of the law: what is open goes on, by the same day, and is flagged anew when that passes.
CREATE FUNCTION carry_signs(p_from uuid, p_to uuid, p_by uuid) RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
DECLARE one uuid; new uuid := who_takes_over(p_to, NULL);
BEGIN
  FOR one IN UPDATE casework_earlysign SET unit_id = p_to, owner_id = new, flagged_at = NULL, flagged_because = ''
             WHERE unit_id = p_from AND status <> 'settled' RETURNING id LOOP
    IF new IS NULL THEN RAISE EXCEPTION 'an early sign has nobody to go to' USING ERRCODE = 'check_violation'; END IF;
    UPDATE casework_signattempt SET unit_id = p_to WHERE sign_id = one;
    INSERT INTO platform_historyentry (id, at, actor_id, actor_kind, verb, thing_label, thing_id, unit_id, details)
      VALUES (gen_random_uuid(), clock_timestamp(), p_by, 'person', 'sign.given', 'casework.earlysign', one, p_to,
        jsonb_build_object('user', new));
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION carry_ended_case(uuid, uuid, uuid, uuid, uuid), carry_signs(uuid, uuid, uuid) FROM PUBLIC;
"""

# Ended cases and open signs go along by themselves: they keep nothing from being settled, unless there is nobody to go to.
PROGRESS = f"""
DROP FUNCTION ending_left(uuid);
CREATE FUNCTION ending_left(p_ending uuid)
  RETURNS TABLE (unit_id uuid, still_there bigint, without_owner bigint, unfinished bigint, ended bigint, signs bigint)
  LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT e.unit_id,
    (SELECT count(*) FROM casework_case c
     WHERE c.unit_id = e.unit_id AND (c.status <> 'ended' OR NOT can_be_carried(c.id, e.successor_id)))
    + (SELECT count(*) FROM casework_earlysign s
       WHERE s.unit_id = e.unit_id AND s.status <> 'settled' AND who_takes_over(e.successor_id, NULL) IS NULL),
    (SELECT count(DISTINCT c.id) FROM casework_handover h JOIN casework_case c ON c.id = h.case_id
     WHERE h.part_of_id = e.ending_id AND h.status = 'done' AND h.from_unit_id = e.unit_id AND c.unit_id = e.successor_id
       AND c.status <> 'ended' AND NOT can_keep_cases(c.owner_id, e.successor_id)),
    (SELECT count(*) FROM casework_intake i WHERE i.unit_id = e.unit_id AND i.status = 'listening'),
    (SELECT count(*) FROM casework_case c WHERE c.unit_id = e.unit_id AND c.status = 'ended'),
    (SELECT count(*) FROM casework_earlysign s WHERE s.unit_id = e.unit_id AND s.status <> 'settled')
  FROM casework_endingunit e WHERE e.ending_id = p_ending $$;
-- What was carried at the settling was ended by who settled it, and by nobody who accepted it.
CREATE OR REPLACE FUNCTION ending_progress(p_ending uuid) RETURNS TABLE (unit_id uuid, status text, cases bigint, late bigint)
  LANGUAGE sql STABLE {DEFINER} AS $$
  SELECT h.from_unit_id, CASE WHEN h.status = 'planned' AND h.to_user_id IS NULL THEN 'nobody' ELSE h.status END, count(*),
    count(*) FILTER (WHERE h.status IN ('planned', 'introduced') AND h.due_on < {TODAY})
  FROM casework_handover h WHERE h.part_of_id = p_ending AND h.status <> 'called_off'
    AND (h.status <> 'done' OR h.ended_by_id = h.to_user_id) GROUP BY 1, 2 $$;
REVOKE EXECUTE ON FUNCTION ending_left(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ending_left(uuid) TO {APP}, {JOBS};
"""

# Settled, it carries what needs no introduction. Over, and not settled, the successor reaches conversations and signs as well.
CLOSE = f"""
CREATE OR REPLACE FUNCTION close_ending(p_ending uuid) RETURNS TABLE (act text, appointment uuid, person uuid, unit uuid)
  LANGUAGE plpgsql {DEFINER} AS $$
DECLARE e casework_contractending%ROWTYPE; today date := (clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date; last date;
BEGIN
  SELECT * INTO e FROM casework_contractending WHERE id = p_ending FOR NO KEY UPDATE;
  IF e.status = 'settled' THEN last := least(e.ends_on, today);
  ELSIF e.status = 'under_way' AND e.ends_on < today THEN last := e.ends_on;
  ELSE RETURN;
  END IF;
  RETURN QUERY
    UPDATE people_appointment a SET until = greatest(a.since, last)
    FROM casework_endingunit x JOIN people_unit u ON u.id = x.unit_id
    WHERE x.ending_id = p_ending AND a.unit_id = x.unit_id AND a.role IN ('wijkwerker', 'coordinator', 'buddy')
      AND (a.until IS NULL OR a.until > greatest(a.since, last))
      AND (e.status = 'settled' OR coalesce(a.on_behalf_of_id, u.organisation_id) = e.organisation_id)
    RETURNING 'ended', a.id, a.user_id, a.unit_id;
  IF e.status = 'settled' THEN
    PERFORM carry_ended_case(c.id, e.id, x.unit_id, x.successor_id, e.ended_by_id)
      FROM casework_endingunit x JOIN casework_case c ON c.unit_id = x.unit_id AND c.status = 'ended' WHERE x.ending_id = p_ending;
    PERFORM carry_signs(x.unit_id, x.successor_id, e.ended_by_id) FROM casework_endingunit x WHERE x.ending_id = p_ending;
    RETURN;
  END IF;
  RETURN QUERY
    INSERT INTO people_appointment (id, user_id, unit_id, role, since, until, on_behalf_of_id)
    SELECT gen_random_uuid(), a.user_id, x.unit_id, 'coordinator', today, NULL, u.organisation_id
    FROM casework_endingunit x JOIN people_unit u ON u.id = x.successor_id JOIN people_appointment a ON a.unit_id = x.successor_id
    JOIN people_user p ON p.id = a.user_id AND p.is_active
    WHERE x.ending_id = p_ending AND a.role = 'coordinator' AND a.since <= today AND (a.until IS NULL OR a.until >= today)
      AND (EXISTS (SELECT FROM casework_case c WHERE c.unit_id = x.unit_id)
           OR EXISTS (SELECT FROM casework_intake i WHERE i.unit_id = x.unit_id AND i.status = 'listening')
           OR EXISTS (SELECT FROM casework_earlysign s WHERE s.unit_id = x.unit_id AND s.status <> 'settled'))
      AND NOT EXISTS (SELECT FROM people_appointment there WHERE there.user_id = a.user_id AND there.unit_id = x.unit_id
                      AND there.role = 'coordinator' AND (there.until IS NULL OR there.until >= today))
    ON CONFLICT DO NOTHING
    RETURNING 'made', people_appointment.id, people_appointment.user_id, people_appointment.unit_id;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0045_watched_by_another"),
        ("backoffice", "0005_protection_walls"),
        ("wijkbegroting", "0004_protection_walls"),
    ]

    operations = [
        RunSQL(TAKES_OVER, "DROP FUNCTION can_be_carried(uuid, uuid); DROP FUNCTION who_takes_over(uuid, uuid)"),
        RunSQL(
            CARRY, f"DROP FUNCTION carry_case(uuid, uuid); DROP FUNCTION move_case(uuid), tables_of_a_case(); {before.MOVE}"
        ),
        RunSQL(ENDED, "DROP FUNCTION carry_ended_case(uuid, uuid, uuid, uuid, uuid), carry_signs(uuid, uuid, uuid)"),
        RunSQL(PROGRESS, before.PROGRESS_NOT + before.PROGRESS),
        RunSQL(CLOSE, f"DROP FUNCTION close_ending(uuid); {before.CLOSE}"),
        # A case that was ended comes on no list.
        RunSQL(f"GRANT SELECT (status) ON casework_case TO {JOBS}", f"REVOKE SELECT (status) ON casework_case FROM {JOBS}"),
    ]
