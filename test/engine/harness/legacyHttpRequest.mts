import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, IHttpRequestMethods, INodeType } from 'n8n-workflow';

export const LEGACY_HTTP_REQUEST_TYPE = 'harness.legacyHttpRequest';

/**
 * Sends one request per item as n8n's built-in HTTP Request node does with a predefined credential:
 * through the deprecated `requestWithAuthentication`, with the options which that node sets.
 *
 * Parameters: `credentialType`, `method`, `url`, `body` (an object; none for GET) and `timeout` in
 * milliseconds.
 *
 * @param credentialTypes names of the credential types that it may use
 */
export function createLegacyHttpRequest(credentialTypes: string[]): INodeType {
	return {
		description: {
			displayName: 'Legacy HTTP Request',
			name: LEGACY_HTTP_REQUEST_TYPE,
			group: ['output'],
			version: 1,
			description: "Sends a request the way of n8n's HTTP Request node",
			defaults: { name: 'Legacy HTTP Request' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: credentialTypes.map((name) => ({ name, required: false })),
			properties: [
				{ displayName: 'Credential Type', name: 'credentialType', type: 'string', default: '' },
				{ displayName: 'Method', name: 'method', type: 'string', default: 'GET' },
				{ displayName: 'URL', name: 'url', type: 'string', default: '' },
				{ displayName: 'Body', name: 'body', type: 'json', default: {} },
				{ displayName: 'Timeout', name: 'timeout', type: 'number', default: 300_000 },
			],
		},
		async execute() {
			const parameter = (name: string, item: number) => this.getNodeParameter(name, item);
			const items = this.getInputData();
			const responses = await Promise.all(
				items.map(async (_item, i) => {
					const method = parameter('method', i) as IHttpRequestMethods;
					return this.helpers.requestWithAuthentication.call(
						this,
						parameter('credentialType', i) as string,
						{
							method,
							uri: parameter('url', i) as string,
							headers: {},
							gzip: true,
							rejectUnauthorized: true,
							followRedirect: true,
							followAllRedirects: true,
							resolveWithFullResponse: true,
							timeout: parameter('timeout', i) as number,
							json: true,
							...(method === 'GET' ? {} : { body: parameter('body', i) as IDataObject }),
						},
						undefined,
						i,
					) as Promise<{ body: IDataObject }>;
				}),
			);
			return [responses.map(({ body }, item) => ({ json: body, pairedItem: { item } }))];
		},
	};
}
