import type { Resource } from '../../operation';
import { get } from './get';

export const tenant: Resource = { value: 'tenant', name: 'Tenant', operations: [get] };
