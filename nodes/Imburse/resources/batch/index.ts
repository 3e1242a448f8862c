import type { Resource } from '../../operation';
import { get } from './get';

export const batch: Resource = { value: 'batch', name: 'Batch', operations: [get] };
