/** A person without a mouse: goes from one control to the next, and has to see where they are. */
import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';

/** No page has so many stops; who gets so far is going in circles. */
const MOST_STOPS = 60;

type Role = Parameters<Page['getByRole']>[0];

export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  press(key: string): Promise<void> {
    return this.#page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }

  /** Goes on with Tab until it is at the control, and checks at each stop that one sees it. */
  async goTo(role: Role, name: string | RegExp): Promise<void> {
    const wanted = this.control(role, name);
    await wanted.waitFor();
    const passed: string[] = [];
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await this.isAt(wanted)) return;
      await this.press('Tab');
      const { description, visible } = await this.#focus();
      passed.push(description);
      expect({ [description]: visible }).toEqual({ [description]: true });
    }
    throw new Error(`Tab does not lead to ${role} ${String(name)}, but to ${passed.join(', ')}`);
  }

  /** In a menu that is open: goes down to the entry, and takes it. */
  async choose(name: string): Promise<void> {
    const entry = this.control('menuitem', name);
    await entry.waitFor();
    for (let stop = 0; !(await this.isAt(entry)); stop += 1) {
      if (stop === MOST_STOPS) throw new Error(`The arrows do not lead to ${name}`);
      await this.press('ArrowDown');
    }
    await this.press('Enter');
  }

  control(role: Role, name: string | RegExp): Locator {
    return this.#page.getByRole(role, { name, exact: true }).first();
  }

  isAt(control: Locator): Promise<boolean> {
    return control.evaluate((element) => element === document.activeElement);
  }

  /** Whether the focus is in the element, and not on the page around it. */
  isIn(element: Locator): Promise<boolean> {
    return element.evaluate((each) => each.contains(document.activeElement));
  }

  /** Where the focus is, and whether it can be seen: an outline, or the thicker edge of a field. */
  #focus(): Promise<{ description: string; visible: boolean }> {
    return this.#page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
      const description = `${element.tagName.toLowerCase()} ${name || element.getAttribute('name') || ''}`;
      // The browser's own bar is the stop after the last one.
      if (element === document.body) return { description, visible: true };
      const isOutlined = (each: Element) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(each);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && outlineColor !== 'transparent';
      };
      const field = element.closest('.MuiInputBase-root');
      const edge = field?.querySelector('fieldset');
      const around = element.closest('.MuiSwitch-switchBase, .MuiCheckbox-root, .MuiRadio-root');
      const visible =
        isOutlined(element) ||
        (around !== null && isOutlined(around)) ||
        (edge instanceof HTMLElement && parseFloat(getComputedStyle(edge).borderTopWidth) >= 2);
      return { description, visible };
    });
  }
}
