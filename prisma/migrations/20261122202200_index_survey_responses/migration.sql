-- How many people answered a survey, and the figures of a version by month.
CREATE INDEX survey_responses_version ON survey_responses (version_id, month);
