/* The browser's own map over the same places as the drawing, which it replaces only once it stands.
   What the data says becomes text, never HTML; styles are set by classes or by Leaflet through the CSSOM. */
"use strict";

(function () {
  const figure = document.querySelector("figure.atlas");
  if (!figure || !window.L) return;
  const drawing = figure.querySelector("svg.map");
  const LARGEST_DOT = 6, DOT = 3, DOT_GROWTH = 0.6, MOST_DOT = 9;
  const METRES_A_PIXEL = 156543.03392804097;

  const read = (address) => fetch(address, { credentials: "omit" }).then((answer) => {
    if (!answer.ok) throw new Error(address + ": " + answer.status);
    return answer.json();
  });

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const namesOf = (place) => place.names.map((name) => element("bdi", { lang: name.language, textContent: name.words }));

  function popup(place) {
    const names = element("p", { className: "names" });
    namesOf(place).forEach((name, number) => names.append(...(number ? [" · ", name] : [name])));
    const links = element("p", {}, element("a", { href: place.address, textContent: figure.dataset.page }));
    if (place.events) links.append(" · ", element("a", { href: place.events_address, textContent: place.events_words }));
    return element("div", {}, names, element("p", { textContent: place.where }), links);
  }

  const pixels = (metres, latitude, zoom) =>
    metres / (METRES_A_PIXEL * Math.cos((latitude * Math.PI) / 180) / 2 ** zoom);

  /* As on the server: a dot where the place is known well enough at this scale, else the circle that holds it. */
  function restyle(layer, zoom) {
    const { place, latitude } = layer;
    const radius = pixels(place.uncertainty_m, latitude, zoom);
    const isDot = place.is_point && !place.is_asserted && radius <= LARGEST_DOT;
    layer.setRadius(isDot ? Math.min(MOST_DOT, DOT + DOT_GROWTH * Math.sqrt(place.events)) : Math.max(3.5, radius));
    layer.isDot = isDot;
    const path = layer.getElement();
    if (!path) return;
    path.classList.toggle("dot", isDot);
    path.classList.toggle("circle", !isDot && !place.is_asserted);
  }

  function reachable(layer, place) {
    const path = layer.getElement && layer.getElement();
    if (!path) return;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", place.title);
    path.addEventListener("keydown", (pressed) => {
      if (pressed.key !== "Enter" && pressed.key !== " ") return;
      pressed.preventDefault();
      layer.openPopup();
    });
  }

  /* Leaflet's own marks of colour go: the style sheet has the one ink, light or dark. */
  const PLAIN = { stroke: true, weight: 1, color: "currentColor", fillOpacity: 1, opacity: 1 };

  function layerOf(feature) {
    const place = feature.properties;
    if (feature.geometry.type !== "Point" || place.is_asserted && !place.uncertainty_m) {
      const className = "outline" + (feature.geometry.type.endsWith("Polygon") ? " area" : " line");
      const outline = L.geoJSON(feature, { style: { ...PLAIN, className } });
      return Object.assign(outline, { place });
    }
    const [longitude, latitude] = feature.geometry.coordinates;
    const layer = L.circleMarker([latitude, longitude], { ...PLAIN, className: place.is_asserted ? "asserted" : "circle" });
    return Object.assign(layer, { place, latitude });
  }

  function label(map, layers) {
    const taken = [];
    const size = map.getSize();
    for (const layer of layers) {
      const tooltip = layer.getTooltip();
      const box = tooltip && tooltip.getElement();
      if (!box) continue;
      box.hidden = false;
      const inside = map.getContainer().getBoundingClientRect();
      const at = box.getBoundingClientRect();
      const isLarge = !layer.isDot && layer.getRadius && 2 * layer.getRadius() > size.y;
      const overlaps = taken.some((other) =>
        at.left < other.right && other.left < at.right && at.top < other.bottom && other.top < at.bottom);
      const isOut = at.right < inside.left || at.left > inside.right || at.bottom < inside.top || at.top > inside.bottom;
      box.hidden = isLarge || overlaps;
      if (!box.hidden && !isOut) taken.push(at);
    }
  }

  /* The address, the links and the form follow the map, so that what is seen can be linked to. */
  function remember(map) {
    const centre = map.getCenter().wrap();
    const at = `${+centre.lat.toFixed(4)},${+centre.lng.toFixed(4)}`;
    const put = (address) => {
      const changed = new URL(address, location.href);
      changed.searchParams.set("at", at);
      changed.searchParams.set("zoom", map.getZoom());
      changed.search = changed.search.replace(/%2C/g, ",");
      return changed;
    };
    history.replaceState(null, "", put(location.href));
    document.querySelectorAll("a[data-state]").forEach((link) => { link.href = put(link.href); });
  }

  function build([base, places]) {
    const holder = element("div", { className: "map live" });
    holder.setAttribute("role", "application");
    holder.setAttribute("aria-label", figure.dataset.label);
    drawing.before(holder);
    const { latitude, longitude, zoom, nearer, farther } = figure.dataset;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(holder, {
      attributionControl: false, zoomControl: false, minZoom: 1, maxZoom: 12, worldCopyJump: true,
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
    });
    try {
      L.control.zoom({ zoomInTitle: nearer, zoomOutTitle: farther }).addTo(map);
      L.control.scale({ imperial: false }).addTo(map);
      map.setView([+latitude, +longitude], +zoom, { animate: false });
      map.createPane("base").style.zIndex = 300;
      const names = { land: "land", lakes: "lake", rivers: "river" };
      L.geoJSON(base, {
        pane: "base", interactive: false, smoothFactor: 1.2,
        style: (feature) => ({ ...PLAIN, className: names[feature.properties.layer] }),
      }).addTo(map);
      const layers = places.features.map(layerOf);
      const circled = layers.filter((layer) => layer.setRadius);
      circled.forEach((layer) => restyle(layer, +zoom));
      [...layers].sort((one, other) => (other.getRadius ? other.getRadius() : 1e9) - (one.getRadius ? one.getRadius() : 1e9))
        .forEach((layer) => layer.addTo(map));
      layers.forEach((layer) => {
        layer.bindPopup(() => popup(layer.place));
        if (layer.setRadius) {
          const words = element("span", {}, ...namesOf(layer.place));
          words.setAttribute("aria-hidden", "true");
          layer.bindTooltip(words, { permanent: true, direction: layer.isDot ? "right" : "center", className: "map-name", offset: layer.isDot ? [5, 0] : [0, 0] });
          reachable(layer, layer.place);
        } else layer.eachLayer((part) => reachable(part, layer.place));
      });
      const tidy = () => {
        circled.forEach((layer) => {
          restyle(layer, map.getZoom());
          const isHuge = !layer.isDot && 2 * layer.getRadius() > map.getSize().y;
          const path = layer.getElement();
          if (path) { path.classList.toggle("unshown", isHuge); path.setAttribute("tabindex", isHuge ? "-1" : "0"); }
        });
        label(map, layers);
      };
      map.on("zoomend", tidy);
      map.on("moveend", () => { label(map, layers); remember(map); });
      tidy();
    } catch (failure) {
      map.remove();
      holder.remove();
      throw failure;
    }
    drawing.remove();
    document.querySelectorAll(".moves, .key + .window").forEach((part) => { part.hidden = true; });
    map.invalidateSize({ animate: false });
  }

  Promise.all([read(figure.dataset.base), read(figure.dataset.places)]).then(build).catch((failure) => {
    console.warn("The drawn map stays:", failure);
  });
})();
