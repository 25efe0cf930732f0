// The ground: land, borders, knots and names, from one GeoJSON document of our own.

const HEIGHT = 18;
const LETTER = 7.6;
const GAP = 4;

/** Adds land and borders to the map; gives back the names, the most populated first. */
export function drawGround(L, map, collection) {
  const pane = map.createPane("ground");
  pane.setAttribute("aria-hidden", "true");
  const renderer = L.svg({ pane: "ground", padding: 0.6 });
  const shared = { renderer, pane: "ground", interactive: false };
  L.geoJSON(
    collection.features.filter(({ properties }) => properties.k !== "name"),
    {
      ...shared,
      style: ({ properties }) => ({
        className: `map-${properties.k}${properties.t ? ` map-land-${properties.t}` : ""}`,
        fill: properties.k === "epci",
      }),
      pointToLayer: (_, place) => L.circleMarker(place, { ...shared, radius: 1.75 }),
    },
  ).addTo(map);
  return namesOf(collection);
}

/** The names to write: {text, level, people, lat, lon}. */
export function namesOf(collection) {
  return collection.features
    .filter(({ properties }) => properties.k === "name")
    .map(({ properties, geometry }) => ({
      text: properties.n,
      level: properties.l,
      people: properties.p,
      lon: geometry.coordinates[0],
      lat: geometry.coordinates[1],
    }))
    .sort((one, other) => other.people - one.people || one.text.localeCompare(other.text, "fr"));
}

/** The size of a name on the screen, near enough to keep names apart. */
export function sizeOf({ text, level }) {
  const scale = level === "epci" ? 1.25 : 1;
  return { width: text.length * LETTER * scale + 6, height: HEIGHT * scale };
}

const touches = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/**
 * Choose which names can be written without touching a disc or another name, the first ones first.
 * names: [{…, x, y}] in pixels of the view; discs: [{x, y, radius}]. Gives [{name, x, y}], x and y at the centre.
 */
export function chooseNames(names, discs, view, most = 60) {
  const taken = discs.map(({ x, y, radius }) => ({
    left: x - radius - 2, right: x + radius + 2, top: y - radius - 2, bottom: y + radius + 2,
  }));
  const written = [];
  for (const name of names) {
    if (written.length >= most) break;
    const { width, height } = sizeOf(name);
    for (const shift of [0, 22, -22, 34, -34]) {
      const box = {
        left: name.x - width / 2 - GAP, right: name.x + width / 2 + GAP,
        top: name.y + shift - height / 2, bottom: name.y + shift + height / 2,
      };
      const isInside = box.left >= 0 && box.top >= 0 && box.right <= view.width && box.bottom <= view.height;
      if (!isInside || taken.some((other) => touches(box, other))) continue;
      taken.push(box);
      written.push({ name, x: name.x, y: name.y + shift });
      break;
    }
  }
  return written;
}

/** Which names are worth writing at a zoom: the CC from afar, then the towns, then every commune. */
export function namesAt(names, zoom) {
  if (zoom < 7) return [];
  if (zoom < 10) return names.filter(({ level }) => level === "epci");
  const least = { 10: 1200, 11: 400 }[Math.floor(zoom)] ?? 0;
  return names.filter(({ level, people }) => level === "commune" && people >= least);
}
