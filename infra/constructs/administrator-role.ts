import { Duration } from 'aws-cdk-lib';
import { AccountRootPrincipal, type Conditions, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { partitions } from '../../shared/store/partitions.ts';
import { insideTransactions, onlyUnder } from './table-statements.ts';

const { settings, settingsHistory, deployment, breaker } = partitions;

/**
 * The role of the people who decide whether and for how much is bought: they change the settings, which are kept with
 * their history, and close the breaker, and can do nothing else with it. No function has these rights, and the table refuses them to every other principal.
 *
 * Anybody in the account whom its administrators allow to may take the role, with a second factor and for an hour.
 */
export class AdministratorRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      description: 'Sets whether grid-buyer buys, and for how much at most',
      assumedBy: new AccountRootPrincipal().withConditions({
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      }),
      maxSessionDuration: Duration.hours(1),
    });
  }

  /** Lets it control the buying through the items of this table. */
  allowControl(tableArn: string): void {
    const allow = (sid: string, action: string, keys: readonly string[], further: Conditions = {}): void => {
      const conditions = { ...further, ...onlyUnder(keys) };
      this.role.addToPolicy(
        new PolicyStatement({ sid, actions: [action], resources: [tableArn], conditions }),
      );
    };
    allow('ReadControl', 'dynamodb:GetItem', [settings, settingsHistory, deployment, breaker]);
    allow('ReadHistory', 'dynamodb:Query', [settingsHistory]);
    // No settings without an entry in their history.
    allow('WriteSettings', 'dynamodb:PutItem', [settings, settingsHistory], insideTransactions);
    allow('CloseBreaker', 'dynamodb:DeleteItem', [breaker]);
  }
}
