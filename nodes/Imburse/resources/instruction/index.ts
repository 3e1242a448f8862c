import type { Resource } from '../../operation';
import { create } from './create';
import { get } from './get';

export const instruction: Resource = {
	value: 'instruction',
	name: 'Instruction',
	operations: [create, get],
};
