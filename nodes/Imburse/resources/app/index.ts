import type { Resource } from '../../operation';
import { get } from './get';
import { getAll } from './getAll';

export const app: Resource = { value: 'app', name: 'App', operations: [get, getAll] };
