-- Lists in the order of priority and of last activity: one index per clause, as for the order of registering.
CREATE INDEX tickets_by_status_priority ON tickets (status, priority DESC, created_at DESC, number DESC);
CREATE INDEX tickets_by_area_priority ON tickets (area_id, status, priority DESC, created_at DESC, number DESC);
CREATE INDEX tickets_by_assignee_priority
  ON tickets (assignee_id, status, priority DESC, created_at DESC, number DESC) WHERE assignee_id IS NOT NULL;
CREATE INDEX tickets_by_group_priority
  ON tickets (assignee_group_id, status, priority DESC, created_at DESC, number DESC) WHERE assignee_group_id IS NOT NULL;
-- These count what is urgent, too.
DROP INDEX tickets_urgent;

-- Each bitácora entry moves its ticket in these.
CREATE INDEX tickets_by_status_activity ON tickets (status, last_activity_at DESC, number DESC);
CREATE INDEX tickets_by_area_activity ON tickets (area_id, status, last_activity_at DESC, number DESC);
CREATE INDEX tickets_by_assignee_activity
  ON tickets (assignee_id, status, last_activity_at DESC, number DESC) WHERE assignee_id IS NOT NULL;
CREATE INDEX tickets_by_group_activity
  ON tickets (assignee_group_id, status, last_activity_at DESC, number DESC) WHERE assignee_group_id IS NOT NULL;
CREATE INDEX tickets_by_requester_activity ON tickets (requester_id, last_activity_at DESC, number DESC);
CREATE INDEX tickets_by_creator_activity ON tickets (creator_id, last_activity_at DESC, number DESC);
