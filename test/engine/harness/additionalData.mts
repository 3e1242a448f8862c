import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type {
	ICredentialsHelper,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

const BASE_URL = 'http://n8n.test';
export const EXECUTION_ID = '1';

/** What the command line of n8n hands to its engine beside the workflow. */
export function createAdditionalData(
	credentialsHelper: ICredentialsHelper,
	workflow: IWorkflowBase,
	mode: WorkflowExecuteMode,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper,
		executionId: EXECUTION_ID,
		workflowId: workflow.id,
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${BASE_URL}/rest`,
		instanceBaseUrl: `${BASE_URL}/`,
		formBaseUrl: `${BASE_URL}/form`,
		formWaitingBaseUrl: `${BASE_URL}/form-waiting`,
		formTestBaseUrl: `${BASE_URL}/form-test`,
		webhookBaseUrl: `${BASE_URL}/webhook`,
		webhookWaitingBaseUrl: `${BASE_URL}/webhook-waiting`,
		webhookTestBaseUrl: `${BASE_URL}/webhook-test`,
		mcpBaseUrl: `${BASE_URL}/mcp`,
		mcpTestBaseUrl: `${BASE_URL}/mcp-test`,
		hooks: new ExecutionLifecycleHooks(mode, EXECUTION_ID, workflow),
		externalSecretsProxy: new ExternalSecretsProxy(),
		logAiEvent: () => {},
		executeWorkflow: notInHarness('sub-workflows'),
		getRunExecutionData: notInHarness('other executions'),
		getRuntimeCredential: notInHarness('runtime credentials'),
		startRunnerTask: notInHarness('task runners'),
	};
}

function notInHarness(what: string) {
	return (): never => {
		throw new Error(`The harness has no ${what}`);
	};
}
