import type { INodeProperties } from 'n8n-workflow';

const SIGNATURE_FIELDS: INodeProperties[] = [
	{
		displayName: 'Algorithm',
		name: 'algorithm',
		type: 'options',
		options: [
			{ name: 'HMAC SHA-1', value: 'sha1' },
			{ name: 'HMAC SHA-256', value: 'sha256' },
			{ name: 'HMAC SHA-512', value: 'sha512' },
		],
		default: 'sha256',
		description: 'How the signature is computed',
	},
	{
		displayName: 'Digest Encoding',
		name: 'digestEncoding',
		type: 'options',
		options: [
			{ name: 'Base64', value: 'base64' },
			{ name: 'Hex', value: 'hex' },
		],
		default: 'base64',
		description: 'How the signature is written in its header',
	},
	{
		displayName: 'Header Name',
		name: 'header',
		type: 'string',
		default: 'X-Signature',
		description: 'The header with the signature',
	},
	{
		displayName: 'Key Encoding',
		name: 'keyEncoding',
		type: 'options',
		options: [
			{ name: 'Base64', value: 'base64' },
			{ name: 'Hex', value: 'hex' },
			{ name: 'Plain Text', value: 'utf8' },
		],
		default: 'utf8',
		description: 'How the verification key is written',
	},
	{
		displayName: 'Prefix',
		name: 'prefix',
		type: 'string',
		default: '',
		placeholder: 'e.g. sha256=',
		description: 'Text before the signature in its header',
	},
	{
		displayName: 'Signed Content',
		name: 'signedContent',
		type: 'options',
		options: [
			{ name: 'Body', value: 'body' },
			{ name: 'Timestamp, Separator, Body', value: 'timestampAndBody' },
		],
		default: 'body',
		description: 'What the signature covers',
	},
	{
		displayName: 'Signed Separator',
		name: 'separator',
		type: 'string',
		default: '.',
		description:
			'What is between timestamp and body if both are signed. Only used with that "Signed Content".',
	},
	{
		displayName: 'Timestamp Header',
		name: 'timestampHeader',
		type: 'string',
		default: '',
		placeholder: 'e.g. X-Timestamp',
		description:
			'The header with the time of signing. It protects against a copied call only if it is signed as well. If it is empty, no time is checked.',
	},
	{
		displayName: 'Timestamp Tolerance (Seconds)',
		name: 'tolerance',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 300,
		description: 'How far the time of signing may be from this machine’s clock, in both directions',
	},
];

/** How deliveries are verified. The defaults are guesses: Imburse publishes none of it (API reference 7.2). */
export const VERIFICATION_FIELDS: INodeProperties[] = [
	{
		displayName: 'Verification',
		name: 'verification',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'None',
				value: 'none',
				description: 'Anyone who knows the address can send events',
			},
			{
				name: 'Secret in a Header',
				value: 'secretInHeader',
				description: 'A secret of your own, in a header that you set up at the sender or a proxy',
			},
			{
				name: 'Secret in the URL',
				value: 'secretInUrl',
				description: 'A secret of your own at the end of the address; works whatever Imburse sends',
			},
			{
				name: 'Signature',
				value: 'signature',
				description: 'The verification key of the Tenant Portal; ask Imburse how it signs',
			},
		],
		default: 'secretInUrl',
		description:
			'How the trigger knows that a call comes from Imburse. What it cannot verify, it refuses.',
	},
	{
		displayName: 'Query Parameter',
		name: 'queryParameter',
		type: 'string',
		default: 'secret',
		required: true,
		description:
			'The name of the secret in the address. With "secret" the address ends in ?secret= and the Webhook Shared Secret of your credential.',
		displayOptions: { show: { verification: ['secretInUrl'] } },
	},
	{
		displayName: 'Header Name',
		name: 'headerName',
		type: 'string',
		default: 'X-Webhook-Secret',
		required: true,
		description: 'The header that holds the Webhook Shared Secret of your credential',
		displayOptions: { show: { verification: ['secretInHeader'] } },
	},
	{
		displayName: 'Signature Settings',
		name: 'signature',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		description: 'How Imburse signs. It does not publish this: ask its support.',
		options: SIGNATURE_FIELDS,
		displayOptions: { show: { verification: ['signature'] } },
	},
	{
		displayName:
			'Anyone who finds out the address can start this workflow with events of their own. Keep "Confirm with Imburse" on, or choose another verification.',
		name: 'noVerificationNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verification: ['none'] } },
	},
	{
		displayName: 'Confirm with Imburse',
		name: 'confirm',
		type: 'boolean',
		default: true,
		description:
			'Whether to read the instruction that an event names, and to output the state that Imburse confirms. The key needs the role tenant-transaction-read, or tenant-admin.',
	},
	{
		displayName:
			'Nothing is verified and nothing is confirmed: a forged "settled" event would start this workflow. Use this for tests only.',
		name: 'nothingCheckedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verification: ['none'], confirm: [false] } },
	},
];
