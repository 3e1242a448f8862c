/**
 * n8n's request helper in a loop, as many calls at once as the node makes at most: the least that a
 * node can take. With a form, its values are read for each item as a node reads them. A safe loop has
 * the credential authorise each call, ends a call as a whole after a minute, and takes the answer piece
 * by piece, so that one without an end could be cut off.
 */
export const BARE_LOOP = `
function bareSend({ helpers }) {
	const headers = { authorization: 'Bearer token' };
	return async (options) => await helpers.httpRequest({ ...options, json: true, headers });
}

async function safeSend(context) {
	const data = await context.getCredentials('imburseApi');
	const credentialsDecrypted = { ...context.getNode().credentials.imburseApi, type: 'imburseApi', data };
	const headers = { accept: 'application/json', 'content-type': 'application/json' };
	return async ({ body, ...options }) => {
		const deadline = AbortSignal.timeout(60000);
		const request = {
			...options, headers, ...(body ? { body: JSON.stringify(body) } : {}), encoding: 'stream',
			returnFullResponse: true, ignoreHttpStatusErrors: true, disableFollowRedirect: true,
			exchangeSignal: deadline,
		};
		const response = await context.helpers.httpRequestWithAuthentication.call(
			context, 'imburseApi', request, { credentialsDecrypted },
		);
		const chunks = [];
		for await (const chunk of response.body) chunks.push(chunk);
		return Buffer.concat(chunks).toString();
	};
}

class BareLoop {
	constructor() {
		this.description = {
			displayName: 'Bare Loop', name: 'bareLoop', group: ['output'], version: 1,
			description: 'Creates orders', defaults: { name: 'Bare Loop' }, inputs: ['main'], outputs: ['main'],
			credentials: [{ name: 'imburseApi', required: false }],
			properties: [
				{ displayName: 'URL', name: 'url', type: 'string', default: '' },
				{ displayName: 'Read Back', name: 'readBack', type: 'boolean', default: false },
				{ displayName: 'Is Safe', name: 'isSafe', type: 'boolean', default: false },
				{ displayName: 'Values', name: 'values', type: 'fixedCollection', typeOptions: { multipleValues: true }, default: {},
					options: [{ displayName: 'Value', name: 'value', values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '' },
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					] }] },
			],
		};
	}
	async execute() {
		const items = this.getInputData();
		const url = this.getNodeParameter('url', 0);
		const readBack = this.getNodeParameter('readBack', 0);
		const bodies = items.map(({ json }, index) => {
			const { value = [] } = this.getNodeParameter('values', index);
			const row = value.length > 0 ? Object.fromEntries(value.map((one) => [one.name, one.value])) : json;
			const { orderRef, claim, policy, cause, ...payment } = row;
			return { orderRef, metadata: { claim, policy, cause }, instructions: [payment] };
		});
		const send = this.getNodeParameter('isSafe', 0) ? await safeSend(this) : bareSend(this);
		const output = [];
		let next = 0;
		const lane = async () => {
			while (next < bodies.length) {
				const item = next++;
				const body = bodies[item];
				await send({ method: 'POST', url, body });
				const read = url + '/' + body.orderRef + '/instruction/' + body.instructions[0].instructionRef;
				if (readBack) await send({ url: read });
				output[item] = { json: { orderRef: body.orderRef }, pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: 50 }, lane));
		return [output];
	}
}
exports.BareLoop = BareLoop;
`;
