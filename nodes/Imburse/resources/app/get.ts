import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { validateIdentifier } from '../../validation/identifier';
import { valid, type ValidationResult } from '../../validation/result';
import { APP, locatorValue } from '../shared/resourceLocators';
import { presentBody } from '../shared/presentBody';

/** Reads an app: `GET /v1/marketplace/apps/{appId}` (API reference 4.5, documented for v1 only). */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get app',
	description: 'Read an app of the marketplace. Always uses API version V1.',
	fields: [{ ...APP, required: true }],
	calls: ['getApp'],
	effect: 'reads',
	prepare,
	present: presentBody,
};

function prepare(parameters: IDataObject): ValidationResult<Plan> {
	const appId = validateIdentifier(locatorValue(parameters.appId), 'App');
	if (!appId.ok) return appId;
	return valid({
		label: `app "${appId.value}"`,
		request: { endpoint: 'getApp', identifiers: { appId: appId.value } },
		echo: { appId: appId.value },
	});
}
