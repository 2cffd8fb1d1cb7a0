<?php
// PHP ext-soap: registers a referral (12110), reads it back (12310) and hears what is wrong with a bad one.
// Prints what it read, one name=value a line.

const ITEMS = ['caseNumber', 'holderName', 'holderNameKana', 'address', 'pointNumber', 'wishedDate'];

function client_of(string $certificate): SoapClient
{
    return new SoapClient(getenv('WSDL'), [
        'local_cert' => getenv($certificate),
        'stream_context' => stream_context_create([
            'ssl' => ['cafile' => getenv('AUTHORITY')],
            'socket' => ['tcp_nodelay' => true], // a request on a new connection does not wait for an acknowledgement
        ]),
        'features' => SOAP_SINGLE_ELEMENT_ARRAYS, // a list of one stays a list
        'cache_wsdl' => WSDL_CACHE_NONE,
    ]);
}

function tell(string $name, mixed $value): void
{
    echo "$name=$value\n";
}

function tell_referrals(string $name, array $referrals): void
{
    foreach ($referrals as $index => $referral) {
        foreach (ITEMS as $item) {
            tell("$name.$index.$item", $referral->$item);
        }
    }
}

function tell_fault(string $name, stdClass $fault): void
{
    foreach (['code', 'message', 'action', 'retryable', 'messageId'] as $item) {
        tell("$name.$item", $fault->$item);
    }
    $findings = $fault->findings->finding;
    if (!is_array($findings)) { // ext-soap reads a fault without the schema: one alone is no array
        $findings = [$findings];
    }
    foreach ($findings as $index => $finding) {
        foreach (['field', 'label', 'rule', 'message', 'action'] as $item) {
            tell("$name.findings.$index.$item", $finding->$item);
        }
    }
}

$new_retailer = client_of('NEW_RETAILER_CERTIFICATE');
$current_retailer = client_of('CURRENT_RETAILER_CERTIFICATE');
$prefix = getenv('MESSAGE_ID');
tell('client', 'PHP ' . phpversion('soap') . ' ext-soap');

$registered = $new_retailer->registerReferral([
    'messageId' => "$prefix-1",
    'processKind' => 'register',
    'pointNumber' => getenv('POINT_NUMBER'),
    'currentRetailerCode' => getenv('CURRENT_RETAILER_CODE'),
    'contractNumber' => '98765432109876',
    'holderName' => '髙﨑　花子',
    'holderNameKana' => 'タカサキ　ハナコ',
    'address' => '東京都千代田区霞が関９－８－７',
    'wishedDate' => getenv('WISHED_DATE'),
    'meterWork' => 'not_needed',
    'consent' => ['obtainedOn' => getenv('TODAY'), 'method' => 'paper', 'obtainedBy' => '霞が関営業所'],
]);
tell('registered.caseNumber', $registered->caseNumber);
tell('registered.version', $registered->version);
tell('registered.casePhaseName', $registered->casePhaseName);

$own = $current_retailer->getIncomingReferrals([
    'messageId' => "$prefix-2",
    'caseNumber' => $registered->caseNumber,
]);
tell_referrals('own', $own->referrals);
$inbox = $current_retailer->getIncomingReferrals(['messageId' => "$prefix-3"]);
tell_referrals('inbox', $inbox->referrals);

try {
    $new_retailer->registerReferral([
        'messageId' => "$prefix-4",
        'processKind' => 'register',
        'pointNumber' => '031',
        'holderName' => 'ﾊﾅｺ',
    ]);
} catch (SoapFault $problem) {
    tell_fault('many', $problem->detail->HubFault);
}
try {
    $new_retailer->getReferralResults(['messageId' => "$prefix-5", 'caseNumber' => 'SW03']);
} catch (SoapFault $problem) {
    tell_fault('one', $problem->detail->HubFault);
}
