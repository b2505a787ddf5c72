// What a calendar in JavaScript makes of ours: the method, and each event with its hours as a clock in Paris says them.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const wall = (time) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "short" }).format(time.toJSDate());

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    location: event.location,
    status: component.getFirstPropertyValue("status"),
    start: wall(event.startDate),
    end: wall(event.endDate),
    properties: component.getAllProperties().map((property) => property.name).sort(),
    attendees: event.attendees.map((one) => one.getFirstValue()),
  };
});
console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events }));
