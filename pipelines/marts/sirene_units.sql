-- Units of the ESS, to confirm, or of inclusion, in all of France; one row per SIREN.
-- Withheld units (natural persons, diffusion partielle) keep their SIREN only, so that they can be counted.
WITH candidates AS (
    SELECT
        *,
        CASE
            WHEN starts_with(legal_category, '1') THEN 'personal'
            WHEN diffusion = 'P' THEN 'masked'
        END AS withheld,
        CASE naf_list
            WHEN 'NAFRev2' THEN 'rev2' WHEN 'NAF2025' THEN '2025' WHEN 'NAF25' THEN '2025'
        END AS naf_version
    FROM $stg_units
    WHERE $candidate OR $in_siae_list
),
judged AS (
    SELECT *, $status AS ess_verdict, $reason AS ess_reason, $family AS family, $in_siae_list AS is_in_siae_list
    FROM candidates
)
SELECT
    siren,
    withheld,
    CASE WHEN withheld IS NULL THEN coalesce(name, usual_name) END AS name,
    CASE WHEN withheld IS NULL THEN usual_name END AS usual_name,
    CASE WHEN withheld IS NULL THEN acronym END AS acronym,
    CASE WHEN withheld IS NULL THEN rna END AS rna,
    legal_category,
    nullif(family, '') AS family,
    CASE WHEN naf_version IS NOT NULL THEN naf END AS naf_code,
    naf_version,
    naf25 AS naf25_code,
    nullif(headcount_band, '') AS headcount_band,
    creation_date,
    CASE WHEN state = 'C' THEN coalesce(period_start_date, DATE '1900-01-01') END AS closed_date,
    siren || head_office_nic AS head_office_siret,
    ess_verdict,
    ess_reason,
    is_in_siae_list
FROM judged
WHERE ess_verdict <> 'no' OR is_in_siae_list
