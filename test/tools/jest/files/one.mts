import { expect, it } from '@jest/globals';
import * as n8nWorkflow from 'n8n-workflow';
import { visits } from './visits.mts';

const ofPackage = n8nWorkflow.LoggerProxy as unknown as { visits?: number };
ofPackage.visits = (ofPackage.visits ?? 0) + 1;

it(`visit ${ofPackage.visits} of a package`, () => {
	expect(++visits.count).toBe(1);
});
