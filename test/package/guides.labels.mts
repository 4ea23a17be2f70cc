/** Labels of n8n's own editor that the guides name, as n8n 2.41.1 writes them. */
export const n8nLabels = [
	// Settings
	'Settings',
	'Community nodes',
	'Install a community node',
	'npm Package Name',
	'I understand the risks of installing unverified code from a public source.',
	'Install',
	// Credentials
	'Credentials',
	'Save',
	'Connection tested successfully',
	// The menu of a workflow, and its tabs
	'Import',
	'From file',
	'Publish',
	'Active',
	'Executions',
	'Retry',
	'Save successful production executions',
	// The canvas and an open node
	'Execute workflow',
	'Execute step',
	'Binary',
	'JSON',
	'Trigger manually',
	'set mock data',
	'Webhook URLs',
	'Production URL',
	'On Error',
	'Continue',
	'Continue (using error output)',
	'Retry On Fail',
	// Other nodes
	'If',
	'Remove Duplicates',
	'Predefined Credential Type',
	'Remove Items Processed in Previous Executions',
];
