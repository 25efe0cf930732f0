-- Places of a territory with their units, cut from the national selection; one row per SIRET, by SIREN.
-- Places first: their commune skips most of a file sorted by commune, and their SIRENs most of the units.
WITH places AS MATERIALIZED (
    SELECT * FROM establishments
    WHERE commune_code IN (SELECT unnest($$communes::VARCHAR[]))
        AND coalesce(closed_date >= $$closed_since, closed_date IS NULL)
),
their_units AS MATERIALIZED (
    SELECT * FROM units
    WHERE siren IN (SELECT siren FROM places)
        AND coalesce(closed_date >= $$closed_since, closed_date IS NULL)
)
SELECT $columns
FROM places AS place
JOIN their_units AS unit ON unit.siren = place.siren
$rest
