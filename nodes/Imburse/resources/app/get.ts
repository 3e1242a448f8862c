import type { IDataObject } from 'n8n-workflow';

import type { Operation, Plan } from '../../operation';
import { checkIdentifier } from '../../rules/identifier';
import { accepted, type Checked } from '../../rules/violation';
import { APP } from '../shared/appLocator';
import { idOf } from '../shared/locator';
import { presentAnswer } from '../shared/plain';

/** Reads an app: `GET /v1/marketplace/apps/{appId}` (API reference 4.5, documented for v1 only). */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get an app',
	description: 'Read an app of the marketplace. Always uses API version V1.',
	fields: [{ ...APP, required: true }],
	calls: ['getApp'],
	effect: 'reads',
	prepare,
	present: presentAnswer,
};

function prepare(parameters: IDataObject): Checked<Plan> {
	const appId = checkIdentifier(idOf(parameters.appId), 'App');
	if (!appId.ok) return appId;
	return accepted({
		subject: `app "${appId.value}"`,
		request: { endpoint: 'getApp', identifiers: { appId: appId.value } },
		echo: { appId: appId.value },
	});
}
