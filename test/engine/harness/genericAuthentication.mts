import { isExpression } from 'n8n-workflow';
import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	INode,
	Workflow,
} from 'n8n-workflow';

/** The workflow and the node in whose name the expressions are evaluated. */
interface Scope {
	workflow: Workflow;
	node: INode;
}

/** Adds what a generic `authenticate` describes: headers, query, body, auth, expressions evaluated. */
export function addGenericAuthentication(
	{ properties }: IAuthenticateGeneric,
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
	scope: Scope,
): IHttpRequestOptions {
	const target = requestOptions as unknown as Record<string, Record<string, string>>;
	target.headers ??= {};
	const resolve = (text: string) => evaluate(text, credentials, scope);
	for (const [part, entries] of Object.entries(properties)) {
		const fields = (target[part] ??= {});
		for (const [key, value] of Object.entries(entries as Record<string, string>)) {
			fields[resolve(key)] = resolve(value);
		}
	}
	return requestOptions;
}

function evaluate(
	text: string,
	credentials: ICredentialDataDecryptedObject,
	{ workflow, node }: Scope,
): string {
	if (!isExpression(text)) return text;
	const value = workflow.expression.getSimpleParameterValue(
		node,
		text,
		'internal',
		{ $credentials: credentials },
		undefined,
		'',
	) as string | number | boolean | undefined;
	return value ? value.toString() : '';
}
