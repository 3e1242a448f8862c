import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createEmptyRunExecutionData, Workflow } from 'n8n-workflow';
import type {
	IAuthenticateRuleResponseCode,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
} from 'n8n-workflow';
import { createAdditionalData } from './additionalData.mts';
import type { ModelCredentialsHelper } from './credentialsHelper.mts';
import { createNoOp, NO_OP_TYPE, noOpNodeTypes } from './noOpNode.mts';
import { createWorkflow } from './workflow.mts';

/** What the credential dialog sends when its test runs. */
export interface CredentialTest {
	type: ICredentialType;
	id: string;
	/** The data as typed, expressions unresolved; the dialog tests it also before it is saved. */
	data: ICredentialDataDecryptedObject;
}

/**
 * Model of n8n's credential test, which is part of the package `n8n`: sends the request of the
 * credential type's `test` with n8n-core's own `RoutingNode` from a made-up node, and finds the
 * words that the credential dialog shows.
 */
export async function testCredential(
	{ type, id, data }: CredentialTest,
	credentialsHelper: ModelCredentialsHelper,
): Promise<INodeCredentialTestResult> {
	if (!type.test) return failed('No testing function found for this credential.');

	const node = createTestNode(type.name, id);
	const stored = createWorkflow([node], {}, 'UTC');
	const additionalData = createAdditionalData(credentialsHelper, stored, 'internal');
	const nodeType = createNoOp([createTestField(type.test.request)], [type.name]);
	const workflow = new Workflow({ ...stored, nodeTypes: noOpNodeTypes(nodeType) });
	try {
		const context = new ExecuteContext(
			workflow,
			node,
			additionalData,
			'internal',
			createEmptyRunExecutionData(),
			0,
			[],
			{ main: [[{ json: {} }]] },
			{ node, data: {}, source: null },
			[],
		);
		const resolved = credentialsHelper.resolve(additionalData, data, type.name, 'internal');
		const credential = { id, name: id, type: type.name, data: resolved };
		const output = await new RoutingNode(context, nodeType, credential).runNode();
		return judgeAnswer(output, type.test);
	} catch (error) {
		return judgeError(error as TestError, type.test);
	}
}

function createTestNode(type: string, id: string): INode {
	return {
		id: 'temp',
		name: 'Temp-Node',
		type: NO_OP_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id, name: id } },
	};
}

function createTestField(request: ICredentialTestRequest['request']) {
	return {
		displayName: 'Temp',
		name: 'temp',
		type: 'string' as const,
		default: '',
		routing: { request },
	};
}

type Rule = IAuthenticateRuleResponseCode | IAuthenticateRuleResponseSuccessBody;

function judgeAnswer(
	output: INodeExecutionData[][] | undefined,
	{ rules = [] }: ICredentialTestRequest,
): INodeCredentialTestResult {
	const body = output?.[0]?.[0]?.json ?? {};
	const broken = (rules as Rule[]).find(
		(rule) =>
			rule.type === 'responseSuccessBody' &&
			valueAt(body, rule.properties.key) === rule.properties.value,
	);
	return broken
		? failed(broken.properties.message)
		: { status: 'OK', message: 'Connection successful!' };
}

/** What n8n looks at in an error: the HTTP answer behind it, the network error's code, its words. */
type TestError = Error & {
	cause?: { response?: { status: number; statusText: string }; code?: string };
};

function judgeError(
	{ message, cause }: TestError,
	{ rules = [] }: ICredentialTestRequest,
): INodeCredentialTestResult {
	if (!cause?.response) return failed(cause?.code ?? message);
	const { status, statusText } = cause.response;
	const rule = (rules as Rule[]).find(
		(candidate) => candidate.type === 'responseCode' && candidate.properties.value === status,
	);
	return failed(rule?.properties.message ?? (statusText || `Received HTTP status code: ${status}`));
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}

/** The value at a path like `data.status`. */
function valueAt(body: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as IDataObject | undefined)?.[key], body);
}
