-- Places of a territory with their units, cut from the national selection; one row per SIRET, by SIREN.
SELECT $unit_columns, $place_columns
FROM establishments AS place
JOIN units AS unit ON unit.siren = place.siren
WHERE place.commune_code IN (SELECT unnest($$communes::VARCHAR[]))
    AND unit.withheld IS NULL
    AND coalesce(unit.closed_date >= $$closed_since, unit.closed_date IS NULL)
    AND coalesce(place.closed_date >= $$closed_since, place.closed_date IS NULL)
ORDER BY unit.siren, place.is_head_office DESC, place.siret
