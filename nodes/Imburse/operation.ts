import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ApiVersion, BodyFormat } from './api/credential';
import type { ImburseRequest } from './api/request';
import type { Checked } from './rules/violation';

/**
 * One operation of the node, as one value. It knows nothing of items, retries, or n8n's error
 * branch; the executor knows nothing of Imburse's resources.
 */
export interface Operation {
	/** The value that is stored in workflows. Never renamed after a release. */
	value: string;
	/** In the list of operations. */
	name: string;
	/** In the node's own list of actions, sentence case. */
	action: string;
	description: string;
	/** The form, top to bottom. `displayOptions` are added when the node is put together. */
	fields: INodeProperties[];
	/** What it adds to the *Options* that every operation has. */
	options?: INodeProperties[];
	/** Turns what the user filled in into a request, or into every reason against it. Pure. */
	prepare(parameters: IDataObject, setting: Setting): Checked<Plan>;
	/** Turns Imburse's answer into the output of one item. */
	present(success: Success, plan: Plan): IDataObject;
}

/** One resource of the node, with its operations in the order of their list. */
export interface Resource {
	/** The value that is stored in workflows. Never renamed after a release. */
	value: string;
	name: string;
	operations: [Operation, ...Operation[]];
}

/** What the credential and the workflow contribute to every item. */
export interface Setting {
	apiVersion: ApiVersion;
	bodyFormat: BodyFormat;
	environment: string;
	/** IANA name of the workflow's time zone. */
	timeZone: string;
}

/** What will be sent for one item. */
export interface Plan {
	/** Names the thing in messages, such as `Payment Order "CLAIM-17"`. */
	subject: string;
	request: ImburseRequest;
	/** What the output repeats of the input. */
	echo: IDataObject;
}

/** What Imburse answered to an item that succeeded. */
export interface Success {
	status: number;
	/** Imburse's body; null if there was none. */
	value: unknown;
	environment: string;
	/** The id that the node sent along. */
	correlationId: string;
	/** The id under which Imburse finds the request, if it said so. */
	imburseId: string | null;
}
