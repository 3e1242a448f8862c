import type { InstrumenterContext } from '@stryker-mutator/api/core';

/** Where the code with the mistakes looks up which of them is switched on, and notes what was passed. */
export const switches: InstrumenterContext = {};

Object.assign(globalThis, { __stryker__: switches });
