// What .ci/moving-picture runs: node moving-picture.js BROWSER SITE TO. Opens lesson 01 and plays with its first explorer.
'use strict';
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const puppeteer = require('puppeteer-core');
const sharp = require('sharp');

const [executablePath, site, to] = process.argv.slice(2);

// A window with the explorer at its top, alive.
async function open(browser, viewport) {
  const page = await browser.newPage();
  await page.setViewport(viewport);
  await page.goto(pathToFileURL(path.resolve(site, '01-rnn-from-scratch.html')).href);
  const toTop = () => page.evaluate(() =>
    scrollBy(0, document.querySelector('[data-kind="rnn-explorer"]').getBoundingClientRect().y - 8));
  await toTop();
  await page.waitForSelector('.rnn-letter');
  await toTop();
  return page;
}

// What a person does, and a frame after each bit of it.
class Recording {
  frames = [];
  delays = [];
  isDown = false;

  constructor(page, at) {
    this.page = page;
    this.at = at;
  }

  // A browser without a screen draws no pointer, and a caret that blinks would make every recording another.
  async showPointer() {
    await this.page.evaluate(() => document.body.insertAdjacentHTML('beforeend', `
      <style>input { caret-animation: manual }</style>
      <svg id="pointer" width="1" height="1" style="position: fixed; overflow: visible; pointer-events: none; z-index: 9">
        <circle r="14" fill="#ffbf00" fill-opacity="0.6"/>
        <path d="M0 0V19L4.4 15L7.6 22.4L10.8 21L7.6 13.8L13.6 13.6Z" fill="#000" stroke="#fff" stroke-width="1.5"/>
      </svg>`));
  }

  async frame(milliseconds) {
    await this.page.evaluate((x, y, isDown) => {
      const pointer = document.getElementById('pointer');
      Object.assign(pointer.style, { left: `${x}px`, top: `${y}px` });
      pointer.querySelector('circle').style.visibility = isDown ? '' : 'hidden';
      return new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    }, this.at.x, this.at.y, this.isDown);
    this.frames.push(await this.page.screenshot());
    this.delays.push(milliseconds);
  }

  // Slow at both ends, as a hand is.
  async move(to) {
    const from = this.at, frames = 12;
    for (let i = 1; i <= frames; i++) {
      const part = (1 - Math.cos(Math.PI * i / frames)) / 2;
      this.at = { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) };
      await this.page.mouse.move(this.at.x, this.at.y);
      await this.frame(50);
    }
  }

  async press(count = 1) {
    this.isDown = true;
    for (let i = 1; i < count; i++) await this.page.mouse.click(this.at.x, this.at.y, { clickCount: i });
    await this.page.mouse.down({ clickCount: count });
    await this.frame(140);
  }

  async release(milliseconds) {
    this.isDown = false;
    await this.page.mouse.up();
    await this.frame(milliseconds);
  }

  async type(text) {
    for (const letter of text) {
      await this.page.keyboard.type(letter);
      await this.frame(220);
    }
  }

  async scroll(pixels) {
    for (let i = 0; i < 6; i++) {
      await this.page.evaluate(by => scrollBy(0, by), pixels / 6);
      await this.frame(50);
    }
  }
}

// A place in a control, from 0 to 1 from its left.
const at = (page, name, across) => page.$eval(`[data-control=${name}]`, (control, across) => {
  const { x, y, width, height } = control.getBoundingClientRect();
  return { x: x + across * width, y: y + height / 2 };
}, across);

async function moving(browser) {
  // 720 pixels: sharp on a phone, whose window is about as wide as this one, and small enough for a page's top.
  const page = await open(browser, { width: 480, height: 516, deviceScaleFactor: 1.5 });
  const recording = new Recording(page, { x: 350, y: 350 });
  await recording.showPointer();
  await recording.frame(1500);

  await recording.move(await at(page, 'text', 0.5));
  await recording.press(3);
  await recording.release(300);
  await recording.type('helium');
  await recording.frame(800);

  await recording.move(await at(page, 'temperature', 0.47));
  await recording.press();
  await recording.move(await at(page, 'temperature', 0.2));
  await recording.release(500);

  await recording.scroll(170);
  await recording.move(await at(page, 'invent', 0.85));
  await recording.press();
  await recording.release(1500);
  await recording.press();
  await recording.release(2000);

  const seconds = recording.delays.reduce((sum, each) => sum + each) / 1000;
  const { size } = await sharp(recording.frames, { join: { animated: true } })
    .gif({ loop: 0, delay: recording.delays, dither: 0 }).toFile(path.join(to, 'explorer.gif'));
  console.log(`${to}/explorer.gif: ${recording.frames.length} frames, ${seconds} s, ${size} bytes`);
}

async function card(browser) {
  const page = await open(browser, { width: 612, height: 900, deviceScaleFactor: 2 });
  const letters = await (await page.$('.rnn-letters')).screenshot({ encoding: 'base64' });
  await page.setViewport({ width: 1200, height: 630 });
  await page.setContent(`
    <style>
      body { margin: 0; padding: 56px 60px; border-left: 20px solid #0072b2; box-sizing: border-box; height: 630px;
        font: 44px/1.25 sans-serif; color: #1f2328; background: #fff }
      h1 { margin: 0; font-size: 92px; line-height: 1.1 }
      p { margin: 12px 0 48px }
      img { display: block; width: 100% }
    </style>
    <h1>Rnn.Notebook</h1>
    <p>A recurrent neural network from scratch in C#</p>
    <img src="data:image/png;base64,${letters}">`);
  const { size } = await sharp(await page.screenshot()).png({ palette: true, dither: 0, effort: 10 })
    .toFile(path.join(to, 'card.png'));
  console.log(`${to}/card.png: ${size} bytes`);
}

(async () => {
  const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox', '--hide-scrollbars'] });
  try {
    await moving(browser);
    await card(browser);
  } finally {
    await browser.close();
  }
})();
