/* The browser's own map over the same places as the drawing, which it replaces only once it stands.

   What the data says becomes text, never HTML; how things look is said by classes, or set by Leaflet through the CSSOM.
   The numbers of marks come with the page: chronicle/atlas/spots.py has them. */
"use strict";

(function () {
  const figure = document.querySelector("figure.atlas");
  if (!figure || !window.L) return;
  const drawing = figure.querySelector("svg.map");
  const { largestDot, leastRing, dot, dotGrowth, mostDot } = JSON.parse(figure.dataset.marks);
  const METRES_A_PIXEL = 156543.03392804097; // at the equator, at zoom 0
  const ONE_INK = { stroke: true, weight: 1, color: "currentColor", opacity: 1, fillOpacity: 1 };
  const POPUP = { minWidth: 220 };
  const BASE = { land: "land", lakes: "lake", rivers: "river" };

  function read(address) {
    return fetch(address, { credentials: "omit" }).then((answer) => {
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    });
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function namesOf(place) {
    return place.names.map((name) => element("bdi", { lang: name.language, textContent: name.words }));
  }

  function popupOf(place) {
    const names = element("p", { className: "names" });
    namesOf(place).forEach((name, number) => names.append(...(number ? [" · ", name] : [name])));
    const links = element("p", {}, element("a", { href: place.address, textContent: figure.dataset.page }));
    if (place.events) links.append(" · ", element("a", { href: place.events_address, textContent: place.events_words }));
    return element("div", {}, names, element("p", { textContent: place.where }), links);
  }

  /* A dot where the place is known well enough at this scale, else the circle that holds it. */
  function resize(mark, map) {
    const { place } = mark;
    const metres = METRES_A_PIXEL * Math.cos((mark.getLatLng().lat * Math.PI) / 180) / 2 ** map.getZoom();
    const radius = place.uncertainty_m / metres;
    mark.isDot = place.is_point && !place.is_asserted && radius <= largestDot;
    mark.setRadius(mark.isDot ? Math.min(mostDot, dot + dotGrowth * Math.sqrt(place.events)) : Math.max(leastRing, radius));
    mark.isTooLarge = 2 * mark.getRadius() > map.getSize().y;
    const { classList } = mark.getElement();
    classList.toggle("dot", mark.isDot);
    classList.toggle("circle", !mark.isDot && !place.is_asserted);
    classList.toggle("unshown", mark.isTooLarge);
    const tooltip = mark.getTooltip();
    tooltip.options.direction = mark.isDot ? "right" : "center";
    tooltip.options.offset = L.point(mark.isDot ? 4 : 0, 0);
    tooltip.update();
  }

  /* Tab leads to what can be seen: Leaflet draws nothing of what lies outside. */
  function keepInOrder(marks) {
    for (const mark of marks) {
      const shape = mark.getElement();
      shape.setAttribute("tabindex", mark.isTooLarge || shape.getAttribute("d") === "M0 0" ? "-1" : "0");
    }
  }

  /* The names of places with most events come first; no name stands over another. */
  function placeNames(marks) {
    const taken = [];
    for (const mark of marks) {
      const box = mark.getTooltip().getElement();
      box.hidden = mark.isTooLarge;
      const at = box.getBoundingClientRect();
      const overlaps = taken.some((other) =>
        at.left < other.right && other.left < at.right && at.top < other.bottom && other.top < at.bottom);
      if (overlaps) box.hidden = true;
      else if (!box.hidden) taken.push(at);
    }
  }

  function makeReachable(path, place) {
    const shape = path.getElement();
    shape.setAttribute("tabindex", "0");
    shape.setAttribute("role", "button");
    shape.setAttribute("aria-label", place.title);
    shape.addEventListener("keydown", (pressed) => {
      if (pressed.key !== "Enter" && pressed.key !== " ") return;
      pressed.preventDefault();
      path.openPopup();
      const popup = path.getPopup().getElement();
      popup.querySelector("a").focus();
      popup.onkeydown = (again) => { if (again.key === "Escape") { path.closePopup(); shape.focus(); } };
    });
  }

  function addOutline(feature, map) {
    const className = `outline ${feature.geometry.type.endsWith("Polygon") ? "area" : "line"}`;
    const outline = L.geoJSON(feature, { style: { ...ONE_INK, className } }).addTo(map);
    outline.eachLayer((path) => {
      if (!path.getElement) return;
      path.bindPopup(() => popupOf(feature.properties), POPUP);
      makeReachable(path, feature.properties);
    });
  }

  function addMark(feature, map) {
    const place = feature.properties;
    const [longitude, latitude] = feature.geometry.coordinates;
    const className = place.is_asserted ? "asserted" : "circle";
    const mark = L.circleMarker([latitude, longitude], { ...ONE_INK, className }).addTo(map);
    const words = element("span", {}, ...namesOf(place));
    words.setAttribute("aria-hidden", "true");
    mark.place = place;
    mark.bindPopup(() => popupOf(place), POPUP).bindTooltip(words, { permanent: true, className: "map-name" });
    makeReachable(mark, place);
    return mark;
  }

  /* The address and the links follow the map, so that what is seen can be linked to. */
  function remember(map) {
    const centre = map.getCenter().wrap();
    const put = (address) => {
      const changed = new URL(address, location.href);
      changed.searchParams.set("at", `${+centre.lat.toFixed(4)},${+centre.lng.toFixed(4)}`);
      changed.searchParams.set("zoom", map.getZoom());
      changed.search = changed.search.replace(/%2C/g, ",");
      return changed.href;
    };
    history.replaceState(null, "", put(location.href));
    document.querySelectorAll("a[data-state]").forEach((link) => { link.href = put(link.href); });
  }

  /* The links that move the drawing move this map, without asking for a page. */
  function followLinks(map) {
    document.querySelectorAll("a[data-move]").forEach((link) => link.addEventListener("click", (click) => {
      if (click.ctrlKey || click.metaKey || click.shiftKey) return;
      click.preventDefault();
      const [across, down, nearer] = link.dataset.move.split(" ").map(Number);
      const size = map.getSize();
      const asked = new URL(link.href, location.href).searchParams;
      if (nearer) map.setZoom(map.getZoom() + nearer);
      else if (across || down) map.panBy([across * size.x, down * size.y]);
      else map.setView(asked.get("at").split(",").map(Number), +asked.get("zoom"));
    }));
  }

  function makeMap(holder) {
    const { latitude, longitude, zoom, nearer, farther } = figure.dataset;
    const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(holder, {
      attributionControl: false, zoomControl: false, minZoom: 1, maxZoom: 12,
      zoomAnimation: moves, fadeAnimation: moves, markerZoomAnimation: moves, inertia: moves,
    });
    L.control.zoom({ zoomInTitle: nearer, zoomOutTitle: farther }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    return map.setView([+latitude, +longitude], +zoom, { animate: false });
  }

  function fill(map, base, places) {
    map.createPane("base").style.zIndex = 300;
    const style = (feature) => ({ ...ONE_INK, className: BASE[feature.properties.layer] });
    L.geoJSON(base, { pane: "base", interactive: false, style }).addTo(map);
    const isMark = (feature) => feature.geometry.type === "Point";
    places.features.filter((feature) => !isMark(feature)).forEach((feature) => addOutline(feature, map));
    const marks = places.features.filter(isMark).map((feature) => addMark(feature, map));
    const tidy = () => { marks.forEach((mark) => resize(mark, map)); placeNames(marks); };
    tidy();
    [...marks].sort((one, other) => other.getRadius() - one.getRadius()).forEach((mark) => mark.bringToFront());
    map.on("zoomend resize", tidy);
    keepInOrder(marks);
    map.on("moveend", () => { keepInOrder(marks); remember(map); });
  }

  function replace([base, places]) {
    const holder = element("div", { className: "map" });
    holder.setAttribute("role", "application");
    holder.setAttribute("aria-label", figure.dataset.label);
    drawing.before(holder);
    drawing.setAttribute("hidden", "");
    try {
      const map = makeMap(holder);
      fill(map, base, places);
      followLinks(map);
      drawing.remove();
    } catch (failure) {
      holder.remove();
      drawing.removeAttribute("hidden");
      throw failure;
    }
  }

  Promise.all([read(figure.dataset.base), read(figure.dataset.places)])
    .then(replace)
    .catch((failure) => console.warn("The drawn map stays:", failure));
})();
