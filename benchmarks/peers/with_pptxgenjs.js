// Writes the slides of slides.json with PptxGenJS, as its documentation shows it: node with_pptxgenjs.js FOLDER DECK
const fs = require("fs");
const path = require("path");
const PptxGenJS = require("pptxgenjs");

const [folder, deck] = process.argv.slice(2);
const shown = new PptxGenJS();
shown.layout = "LAYOUT_WIDE";
for (const told of JSON.parse(fs.readFileSync(path.join(folder, "slides.json"), "utf-8"))) {
  const slide = shown.addSlide();
  slide.addText(told.title, { x: 0.6, y: 0.4, w: 12, h: 0.9, fontSize: 32, bold: true });
  if (told.bullets.length) {
    const lines = told.bullets.map((text) => ({ text, options: { bullet: true, breakLine: true } }));
    slide.addText(lines, { x: 0.6, y: 1.6, w: 12, h: 5.2, fontSize: 22, valign: "top" });
  }
  if (told.table.length) {
    slide.addTable(told.table, { x: 0.6, y: 1.8, w: 12, fontSize: 18, border: { type: "solid", pt: 1 } });
  }
  if (told.picture) {
    slide.addImage({ path: path.join(folder, told.picture), x: 2, y: 1.6, w: 8.25, h: 5.5, altText: "A picture" });
  }
  slide.addNotes(told.notes);
}
shown.writeFile({ fileName: deck });
