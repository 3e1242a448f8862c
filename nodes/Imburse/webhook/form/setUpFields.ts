import type { INodeProperties } from 'n8n-workflow';

/** The only path that was published for it, in 2019 and without a body (API reference 7.1). */
const REGISTRATION_PATH = '/management/v1/notifications/webhooks';

/**
 * n8n sends a stored secret to no browser, and evaluates no expression in a notice: the address with
 * the secret can be shown nowhere, and is put together by hand.
 */
const SECRET_STEP =
	'At its end, write <b>?secret=</b> and the Webhook Shared Secret of your credential, without a space: <b>https://…/webhook?secret=YOUR-SECRET</b>. n8n does not show a secret that it has stored: if you kept no copy, enter a new one in the credential.';

/** Lists are the only line breaks that n8n leaves in a notice. */
function stepsByHand(...afterCopying: string[]): string {
	const steps = [
		'Copy the <b>Production URL</b> above. If it begins with http://localhost, Imburse cannot reach it: ask whoever runs your n8n for its public address.',
		...afterCopying,
		'In the Imburse Tenant Portal, open <b>Developers &gt; Webhooks &gt; Add webhook</b>, enter the address as <b>Destination</b> and choose the <b>Events</b>.',
		'Imburse shows a <b>verification key</b>: save it in the credential if you verify by signature.',
		'<b>Publish</b> this workflow (n8n 1.x: activate it).',
	];
	return `<ol>${steps.map((step) => `<li>${step}</li>`).join('')}</ol>`;
}

/** How Imburse learns the trigger's URL. */
export const SET_UP_FIELDS: INodeProperties[] = [
	{
		displayName: 'Set Up',
		name: 'setUp',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'By Hand in the Tenant Portal',
				value: 'manual',
				description: 'The way that Imburse documents',
			},
			{
				name: 'Through the API (Unverified)',
				value: 'api',
				description: 'Uses a path from 2019 that may no longer exist',
			},
		],
		default: 'manual',
		description: 'How Imburse learns the address of this trigger',
	},
	{
		displayName: stepsByHand(SECRET_STEP),
		name: 'manualSecretNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { setUp: ['manual'], verification: ['secretInUrl'] } },
	},
	{
		displayName: stepsByHand(),
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { setUp: ['manual'] }, hide: { verification: ['secretInUrl'] } },
	},
	{
		displayName:
			'Imburse published this path in 2019 and no longer documents it. The node registers the address once, when the workflow is published (n8n 1.x: activated). To change or remove it, use the Tenant Portal.',
		name: 'apiNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { setUp: ['api'] } },
	},
	{
		displayName: 'Path',
		name: 'registrationPath',
		type: 'string',
		default: REGISTRATION_PATH,
		required: true,
		description: 'Where the address is registered, after the base URL of the credential',
		displayOptions: { show: { setUp: ['api'] } },
	},
	{
		displayName: 'Body',
		name: 'registrationBody',
		type: 'json',
		default: '{\n  "url": "{URL}",\n  "events": []\n}',
		required: true,
		description:
			'What is sent there, as JSON; {URL} stands for the address of this trigger. Its form is not published: ask Imburse.',
		displayOptions: { show: { setUp: ['api'] } },
	},
	{
		displayName: 'Delete Path',
		name: 'deletePath',
		type: 'string',
		default: '',
		placeholder: 'e.g. /management/v1/notifications/webhooks/{ID}',
		description:
			'Called with DELETE when the workflow is unpublished (n8n 1.x: deactivated); {ID} stands for the ID in the answer to the registration. If it is empty, nothing is sent, and you remove the address in the Tenant Portal.',
		displayOptions: { show: { setUp: ['api'] } },
	},
];
