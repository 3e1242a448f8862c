import { NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsExpressionResolveValues,
	IExecuteData,
	INode,
	INodeParameters,
	INodeProperties,
	IWorkflowDataProxyAdditionalKeys,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { NO_OP_TYPE, noOpNodeTypes } from './noOpNode.mts';

/** n8n offers these with every credential: the domains to which it may be sent. */
const DOMAIN_FIELDS = ['allowedHttpRequestDomains', 'allowedDomains'];

/** The stored data with the defaults of the credential type where the user set nothing. */
export function fillInDefaults(
	stored: ICredentialDataDecryptedObject,
	properties: INodeProperties[],
): INodeParameters {
	const complete = NodeHelpers.getNodeParameters(
		properties,
		stored as INodeParameters,
		true,
		false,
		null,
		null,
	);
	if (!complete) throw new Error('The data of the credential does not fit its fields');
	for (const field of DOMAIN_FIELDS) {
		if (stored[field] !== undefined) complete[field] ??= stored[field] as string;
	}
	return complete;
}

/** The data with its expressions evaluated for one item of a run. */
export function evaluateForItem(
	data: INodeParameters,
	item: ICredentialsExpressionResolveValues,
	mode: WorkflowExecuteMode,
	keys: IWorkflowDataProxyAdditionalKeys,
	executeData?: IExecuteData,
): ICredentialDataDecryptedObject {
	return item.workflow.expression.getParameterValue(
		data,
		item.runExecutionData,
		item.runIndex,
		item.itemIndex,
		item.node.name,
		item.connectionInputData,
		mode,
		keys,
		executeData,
		false,
		data,
	) as ICredentialDataDecryptedObject;
}

/** The data with its expressions evaluated where there are no items: credential test, webhook. */
export function evaluateOutsideOfRuns(
	data: INodeParameters,
	mode: WorkflowExecuteMode,
	keys: IWorkflowDataProxyAdditionalKeys,
): ICredentialDataDecryptedObject {
	return outsideOfRuns.expression.getComplexParameterValue(
		noOpNode,
		data,
		mode,
		keys,
		undefined,
		undefined,
		data,
	) as ICredentialDataDecryptedObject;
}

const noOpNode: INode = {
	id: 'credential',
	name: '',
	type: NO_OP_TYPE,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const outsideOfRuns = new Workflow({
	nodes: [noOpNode],
	connections: {},
	active: false,
	nodeTypes: noOpNodeTypes(),
});
