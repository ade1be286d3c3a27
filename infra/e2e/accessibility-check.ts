/** What axe-core finds on a page as it stands, and whether anything moves on it. */
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/**
 * To axe's rule that all content be in a landmark, a dialog is an exception. A menu and a list of choices are the same: for
 * as long as they are open, the page around them is hidden. A tooltip belongs to what it names.
 */
const LANDMARKS_OR_POPUPS =
  'dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox], [role=tooltip], svg';

/** All rules that axe has, best practices too. @returns a line for each element that breaks one */
export async function violationsOf(page: Page): Promise<string[]> {
  // As an expression, which the content security policy lets through.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  await page.evaluate((regionMatcher) => {
    window.axe.configure({ checks: [{ id: 'region', options: { regionMatcher } }] });
  }, LANDMARKS_OR_POPUPS);
  const { violations } = await page.evaluate((): Promise<AxeResults> =>
    window.axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) =>
      [`${id} at ${target.join(' ')}`, html.slice(0, 200), failureSummary].join('\n'),
    ),
  );
}

const LIVE = '[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive]';

/** Live regions within others: what is said there may be read out twice. */
export function nestedRegionsOf(page: Page): Promise<string[]> {
  return page.evaluate(
    (live) =>
      [...document.querySelectorAll(live)]
        .filter((region) => region.parentElement?.closest(live))
        .map((region) => `a live region in another one: ${region.outerHTML.slice(0, 120)}`),
    LIVE,
  );
}

/** Two frames, so that a new size or scheme is laid out and painted, and then until whatever comes to an end has. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
    const finite = document
      .getAnimations()
      .filter((each) => each.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(finite.map((each) => each.finished));
  });
}

/** What moves although the person has asked for less motion. An opacity that changes is no motion, nor is waiting. */
export function movementsOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && Number(effect?.getTiming().duration) > 1)
      .flatMap((animation) => {
        const { effect } = animation;
        if (!(effect instanceof KeyframeEffect)) return [];
        const moved = effect.getKeyframes().flatMap((frame) => Object.keys(frame));
        const element = effect.target?.outerHTML.slice(0, 120) ?? '';
        return moved.some((name) => /transform|translate|scale|rotate|left|top|width|height/i.test(name))
          ? [element]
          : [];
      }),
  );
}
