import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type INodeListSearchResult, type INodeParameters } from 'n8n-workflow';

import { ImburseApi } from '../../../credentials/ImburseApi.credentials.ts';
import { Imburse } from '../../../nodes/Imburse/Imburse.node.ts';
import { createAdditionalData } from '../harness/additionalData.mts';
import { prepareContainer } from '../harness/container.mts';
import { ModelCredentialsHelper } from '../harness/credentialsHelper.mts';
import { CredentialStore, type StoredCredential } from '../harness/credentialStore.mts';
import { ObservedNodeTypes } from '../harness/nodeTypes.mts';
import { createWorkflow, toNode } from '../harness/workflow.mts';
import { CREDENTIAL_ID, NODE_TYPE } from '../support/imburse.mts';

type ListName = keyof Imburse['methods']['listSearch'];

/** The lists of the node's form, as the editor loads them. */
export interface Lists {
	/** What the list shows; `filter` is what the user types into its search box. */
	load: (list: ListName, filter?: string) => Promise<INodeListSearchResult>;
	credentials: CredentialStore;
}

/**
 * Loads lists in n8n-core's own context for them, with one stored credential.
 *
 * @param path where the field with the list stands, as the editor gives it
 */
export function openLists(
	data: StoredCredential['data'],
	parameters: INodeParameters,
	path = '',
): Lists {
	prepareContainer();
	const credentials = new CredentialStore({ [CREDENTIAL_ID]: { type: 'imburseApi', data } });
	const helper = new ModelCredentialsHelper([new ImburseApi()], credentials, '2');
	const imburse = new Imburse();
	const nodeTypes = new ObservedNodeTypes({ [NODE_TYPE]: imburse });
	const node = toNode(
		{ type: NODE_TYPE, parameters, credentials: { imburseApi: CREDENTIAL_ID } },
		0,
		nodeTypes,
	);
	const stored = createWorkflow([node], {}, 'UTC');
	const additionalData = {
		...createAdditionalData(helper, stored, 'internal'),
		currentNodeParameters: parameters,
	};
	const workflow = new Workflow({ ...stored, nodeTypes });
	return {
		credentials,
		load: async (list, filter) => {
			const context = new LoadOptionsContext(workflow, node, additionalData, path);
			return await imburse.methods.listSearch[list].call(context, filter);
		},
	};
}
