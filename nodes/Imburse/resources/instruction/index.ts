import type { Resource } from '../../operation';
import { create } from './create';
import { get } from './get';
import { update } from './update';
import { waitForStatus } from './waitForStatus';

export const instruction: Resource = {
	value: 'instruction',
	name: 'Instruction',
	operations: [create, get, update, waitForStatus],
};
