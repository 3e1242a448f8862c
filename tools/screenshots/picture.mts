import type { Locator } from 'playwright-core';

/** A part of the screen that is kept as a picture. */
export type Picture = Pick<Locator, 'screenshot'>;
