// Draws the land outline of the maps once: lcsite/theme/assets/lcsite/land.svg (committed; run again only to change it).
//
//   npm install --no-save d3-geo@3 topojson-client@3 world-atlas@2 && node scripts/make_land_outline.mjs > lcsite/theme/assets/lcsite/land.svg
//
// Source: Natural Earth 1:110m land, public domain, as packed in world-atlas (ISC). Equal Earth projection. No borders.
// SCALE, CENTRE and VIEW are repeated in lcsite/rendering/projection.py, which puts the places on the same drawing.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const SCALE = 177.158, CENTRE = [480, 237], VIEW = "0 0 960 424";
const require = createRequire(import.meta.url);
const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/land-110m.json")));
const land = feature(atlas, atlas.objects.land).features[0].geometry;
land.coordinates = land.coordinates.filter(([ring]) => ring.some(([, latitude]) => latitude > -60)); // without Antarctica

const projection = geoEqualEarth().scale(SCALE).translate(CENTRE).precision(0.2);
const absolute = geoPath(projection).digits(1)(land);

// Tenths of a unit, each point as the step from the one before: half the bytes of absolute decimals, the same drawing.
const tenths = (text) => Math.round(Number(text) * 10);
let path = "";
for (const ring of absolute.split("Z").filter(Boolean)) {
  const points = ring.slice(1).split("L").map((pair) => pair.split(",").map(tenths));
  let [x, y] = points[0];
  path += `M${x},${y}l`;
  path += points.slice(1).map(([a, b]) => {
    const step = `${a - x},${b - y}`;
    [x, y] = [a, b];
    return step;
  }).join(" ").replace(/([ ,])-/g, "$1-").replace(/[ ,]-/g, "-");
  path += "z";
}
process.stdout.write(
  `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="424" viewBox="${VIEW}">` +
  `<path fill="#aa9976" transform="scale(.1)" d="${path}"/></svg>\n`,
);
for (const argument of process.argv.slice(2)) { // "lon,lat" pairs: prints where they fall, for the test vectors in Python
  process.stderr.write(`${argument} ${projection(argument.split(",").map(Number))}\n`);
}
