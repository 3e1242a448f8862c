import type { INodeProperties } from 'n8n-workflow';

import { EVENT_TYPES, FILTERS, EVENT_PATHS } from './filterFields';
import { TRIGGER_OPTIONS } from './options';
import { SET_UP_FIELDS } from './setUpFields';
import { VERIFICATION_FIELDS } from './verificationFields';

/** The trigger's whole form, top to bottom. */
export const TRIGGER_FIELDS: INodeProperties[] = [
	...SET_UP_FIELDS,
	EVENT_TYPES,
	...VERIFICATION_FIELDS,
	FILTERS,
	EVENT_PATHS,
	TRIGGER_OPTIONS,
];
