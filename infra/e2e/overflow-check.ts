/** Whether everything on a page has room: nothing leads off its side, and no words of a control are cut off. */
import type { Page } from 'playwright-core';

/** What one presses. A row of a list that shortens a name is none of these. */
const CONTROLS =
  'button, a[href], label, [role=button], [role=menuitem], [role=menuitemradio], [role=tab], [role=option]';

/** @returns a line for each element that has too little room */
export function overflowsOf(page: Page): Promise<string[]> {
  return page.evaluate((controls) => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} px wide on ${clientWidth}`);

    const ancestorsOf = (element: Element): Element[] =>
      element.parentElement ? [element.parentElement, ...ancestorsOf(element.parentElement)] : [];
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 60)}”`;
    const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    const clips = (element: Element) => getComputedStyle(element).overflowX !== 'visible';

    for (const control of document.querySelectorAll(controls)) {
      const box = control.getBoundingClientRect();
      // What is read out only is a pixel wide, and what waits for the focus lies above the page.
      if (!control.checkVisibility({ visibilityProperty: true }) || box.width <= 1 || box.bottom <= 0)
        continue;
      const ancestors = ancestorsOf(control);
      const outside = box.left < -1 || box.right > innerWidth + 1;
      if (outside && !ancestors.some(scrolls)) found.push(`${name(control)} leads off the side`);

      for (const part of [control, ...control.querySelectorAll('*')]) {
        const words = [...part.childNodes].filter(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
        );
        // The title of an icon is drawn nowhere.
        if (words.length === 0 || part.closest('svg')) continue;
        const range = document.createRange();
        range.selectNodeContents(part);
        const text = range.getBoundingClientRect();
        const around = [part, ...ancestorsOf(part)].filter((each) => control.contains(each));
        // A name may be shortened, which an ellipsis says, when all of it is read elsewhere.
        const shortened = around.some((each) => getComputedStyle(each).textOverflow === 'ellipsis');
        const cut = around.some((each) => {
          const { left, right } = each.getBoundingClientRect();
          return clips(each) && (text.left < left - 1 || text.right > right + 1);
        });
        const sticksOut = text.left < box.left - 1 || text.right > box.right + 1;
        if (!shortened && (cut || sticksOut)) found.push(`${name(control)} has no room for its words`);
      }
    }
    return found;
  }, CONTROLS);
}
