/** Who is there when pages are looked at, and how one comes to a state. */
import type { Locator, Page } from 'playwright-core';
import type { Participant } from '../browser/participant.ts';
import type { Wire } from '../browser/wire.ts';

/** Who is there: an account that is an admin, with three meetings; an account without any; a guest. */
export interface World {
  url: string;
  mia: Participant;
  newcomer: Participant;
  guest: Participant;
  /** Between the guest and the server. */
  wire: Wire;
  /** A guest whose browser refuses camera and microphone. */
  refused: Participant;
  /** Of Mia's first meeting. */
  link: string;
  /** Of another one of hers, with a password and a lobby. */
  guarded: string;
  /** Of the third, to which others come as viewers. */
  watching: string;
}

export interface State {
  name: string;
  /** @returns the page that is in the state */
  open: (world: World) => Promise<Page>;
  /** Puts others back who are part of it. */
  close?: (world: World) => Promise<void>;
}

export const button = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).first();

/** A page as it is once `text` is there. */
export async function at(page: Page, address: string, text: string | RegExp): Promise<Page> {
  await page.goto(address);
  await page.getByText(text).first().waitFor();
  return page;
}

/** A page on which buttons were pressed, one after the other. */
export async function press(page: Page, ...names: (string | RegExp)[]): Promise<Page> {
  for (const name of names) {
    await page
      .getByRole('button', { name, exact: true })
      .or(page.getByRole('menuitem', { name, exact: true }))
      .or(page.getByRole('tab', { name, exact: true }))
      .first()
      .click();
  }
  return page;
}

/** Of the guarded meeting. */
export const PASSWORD = 'open sesame';
