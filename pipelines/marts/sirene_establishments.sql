-- Places of the units of sirene_units, open or closed; one row per SIRET.
-- The address of a place under diffusion partielle, or of a withheld unit, is left out.
SELECT
    place.siren,
    place.siret,
    place.diffusion = 'P' OR unit.is_withheld AS is_masked,
    place.is_head_office,
    CASE WHEN NOT is_masked THEN coalesce(place.sign, place.usual_name) END AS name,
    CASE WHEN NOT is_masked THEN place.address_complement END AS address_complement,
    CASE WHEN NOT is_masked THEN place.street_number END AS street_number,
    CASE WHEN NOT is_masked THEN place.street_number_suffix END AS street_number_suffix,
    CASE WHEN NOT is_masked THEN place.street_type END AS street_type,
    CASE WHEN NOT is_masked THEN place.street_name END AS street_name,
    CASE WHEN NOT is_masked THEN place.post_box END AS post_box,
    CASE WHEN NOT is_masked THEN nullif(nullif(place.postal_code, ''), '[ND]') END AS postal_code,
    nullif(nullif(place.commune_code, ''), '[ND]') AS commune_code,
    CASE WHEN NOT is_masked THEN place.lambert_x END AS lambert_x,
    CASE WHEN NOT is_masked THEN place.lambert_y END AS lambert_y,
    CASE WHEN place.naf_list IN ('NAFRev2', 'NAF2025', 'NAF25') THEN place.naf END AS naf_code,
    CASE place.naf_list
        WHEN 'NAFRev2' THEN 'rev2' WHEN 'NAF2025' THEN '2025' WHEN 'NAF25' THEN '2025'
    END AS naf_version,
    place.naf25 AS naf25_code,
    nullif(place.headcount_band, '') AS headcount_band,
    place.creation_date,
    CASE WHEN place.state = 'F' THEN coalesce(place.period_start_date, DATE '1900-01-01') END AS closed_date
FROM $stg_establishments AS place
JOIN selected_units AS unit ON unit.siren = place.siren
-- A territory is then cut from few row groups, and the file is half as large.
ORDER BY commune_code
