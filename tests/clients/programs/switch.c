/* gSOAP: registers a referral (12110), reads it back (12310) and hears what is wrong with a bad one.
   Prints what it read, one name=value a line. */

#include "soapH.h"
#include "LowVoltageBinding.nsmap"

static struct soap *client_of(const char *certificate)
{
    struct soap *soap = soap_new1(SOAP_C_UTFSTRING); /* char * is UTF-8 */
    if (soap_ssl_client_context(soap, SOAP_SSL_REQUIRE_SERVER_AUTHENTICATION, getenv(certificate), NULL,
                                getenv("AUTHORITY"), NULL, NULL)) {
        soap_print_fault(soap, stderr);
        exit(1);
    }
    return soap;
}

static char *message_id(struct soap *soap, int number)
{
    char made[64];
    snprintf(made, sizeof made, "%s-%d", getenv("MESSAGE_ID"), number);
    return soap_strdup(soap, made);
}

static void stop_at(struct soap *soap)
{
    soap_print_fault(soap, stderr);
    exit(1);
}

static void tell_referrals(struct soap *soap, const char *name, int number, char **case_number)
{
    struct ns1__getIncomingReferrals asked = {0};
    struct ns1__getIncomingReferralsResponse answer;
    asked.messageId = message_id(soap, number);
    asked.caseNumber = case_number;
    if (soap_call___ns1__getIncomingReferrals(soap, NULL, NULL, &asked, &answer))
        stop_at(soap);
    for (int index = 0; index < answer.__sizereferrals; index++) {
        struct ns1__IncomingReferral *referral = &answer.referrals[index];
        printf("%s.%d.caseNumber=%s\n", name, index, referral->caseNumber);
        printf("%s.%d.holderName=%s\n", name, index, referral->holderName);
        printf("%s.%d.holderNameKana=%s\n", name, index, referral->holderNameKana);
        printf("%s.%d.address=%s\n", name, index, referral->address);
        printf("%s.%d.pointNumber=%s\n", name, index, referral->pointNumber);
        printf("%s.%d.wishedDate=%s\n", name, index, referral->wishedDate);
    }
}

static void tell_fault(struct soap *soap, const char *name)
{
    if (!soap->fault || !soap->fault->detail || !soap->fault->detail->ns1__HubFault)
        stop_at(soap);
    struct ns1__HubFault *fault = soap->fault->detail->ns1__HubFault;
    printf("%s.code=%s\n", name, fault->code);
    printf("%s.message=%s\n", name, fault->message);
    printf("%s.action=%s\n", name, fault->action);
    printf("%s.retryable=%s\n", name, soap_ns1__Flag2s(soap, fault->retryable));
    printf("%s.messageId=%s\n", name, *fault->messageId);
    for (int index = 0; index < fault->findings->__sizefinding; index++) {
        struct ns1__FaultFinding *finding = &fault->findings->finding[index];
        printf("%s.findings.%d.field=%s\n", name, index, *finding->field);
        printf("%s.findings.%d.label=%s\n", name, index, *finding->label);
        printf("%s.findings.%d.rule=%s\n", name, index, finding->rule);
        printf("%s.findings.%d.message=%s\n", name, index, finding->message);
        printf("%s.findings.%d.action=%s\n", name, index, finding->action);
    }
}

int main(void)
{
    struct soap *new_retailer = client_of("NEW_RETAILER_CERTIFICATE");
    struct soap *current_retailer = client_of("CURRENT_RETAILER_CERTIFICATE");
    printf("client=gSOAP %d.%d.%d\n", GSOAP_VERSION / 100000, GSOAP_VERSION / 1000 % 100, GSOAP_VERSION % 1000);

    char *point_number = getenv("POINT_NUMBER"), *current_retailer_code = getenv("CURRENT_RETAILER_CODE");
    char *contract_number = "98765432109876", *address = "東京都千代田区霞が関９－８－７";
    char *holder_name = "髙﨑　花子", *holder_name_kana = "タカサキ　ハナコ", *wished_date = getenv("WISHED_DATE");
    enum ns1__MeterWork meter_work = ns1__MeterWork__not_USCOREneeded;
    struct ns1__Consent consent = {0};
    consent.obtainedOn = getenv("TODAY");
    consent.method = ns1__ConsentMethod__paper;
    consent.obtainedBy = "霞が関営業所";

    struct ns1__registerReferral referral = {0};
    struct ns1__registerReferralResponse registered;
    referral.messageId = message_id(new_retailer, 1);
    referral.processKind = ns1__ProcessKind__register_;
    referral.pointNumber = &point_number;
    referral.currentRetailerCode = &current_retailer_code;
    referral.contractNumber = &contract_number;
    referral.holderName = &holder_name;
    referral.holderNameKana = &holder_name_kana;
    referral.address = &address;
    referral.wishedDate = &wished_date;
    referral.meterWork = &meter_work;
    referral.consent = &consent;
    if (soap_call___ns1__registerReferral(new_retailer, NULL, NULL, &referral, &registered))
        stop_at(new_retailer);
    printf("registered.caseNumber=%s\n", registered.caseNumber);
    printf("registered.version=%s\n", registered.version);
    printf("registered.casePhaseName=%s\n", registered.casePhaseName);

    tell_referrals(current_retailer, "own", 2, &registered.caseNumber);
    tell_referrals(current_retailer, "inbox", 3, NULL);

    char *short_number = "031", *half_width = "ﾊﾅｺ";
    struct ns1__registerReferral bad = {0};
    bad.messageId = message_id(new_retailer, 4);
    bad.processKind = ns1__ProcessKind__register_;
    bad.pointNumber = &short_number;
    bad.holderName = &half_width;
    if (soap_call___ns1__registerReferral(new_retailer, NULL, NULL, &bad, &registered))
        tell_fault(new_retailer, "many");

    char *no_number = "SW03";
    struct ns1__getReferralResults asked = {0};
    struct ns1__getReferralResultsResponse answer;
    asked.messageId = message_id(new_retailer, 5);
    asked.caseNumber = &no_number;
    if (soap_call___ns1__getReferralResults(new_retailer, NULL, NULL, &asked, &answer))
        tell_fault(new_retailer, "one");
    return 0;
}
