// JAX-WS: registers a referral (12110), reads it back (12310) and hears what is wrong with a bad one.
// Prints what it read, one name=value a line.

import hub.Consent;
import hub.ConsentMethod;
import hub.FaultFinding;
import hub.GetIncomingReferrals;
import hub.GetReferralResults;
import hub.HubFault;
import hub.HubFault_Exception;
import hub.IncomingReferral;
import hub.LowVoltage;
import hub.LowVoltagePortType;
import hub.MeterWork;
import hub.ProcessKind;
import hub.RegisterReferral;
import hub.RegisterReferralResponse;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.ws.BindingProvider;

public class Switch {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private static KeyStore keyStore(String file) throws Exception {
        try (InputStream stream = new FileInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(stream, env("KEYSTORE_PASSWORD").toCharArray());
            return store;
        }
    }

    private static SSLSocketFactory mutualTls(String certificate) throws Exception {
        KeyManagerFactory ours = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        ours.init(keyStore(certificate), env("KEYSTORE_PASSWORD").toCharArray());
        TrustManagerFactory theirs = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        theirs.init(keyStore(env("AUTHORITY")));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(ours.getKeyManagers(), theirs.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private static LowVoltagePortType clientOf(String certificate) throws Exception {
        SSLSocketFactory tls = mutualTls(env(certificate));
        HttpsURLConnection.setDefaultSSLSocketFactory(tls); // reads the WSDL
        LowVoltagePortType port = new LowVoltage(new URL(env("WSDL"))).getLowVoltagePort();
        ((BindingProvider) port)
                .getRequestContext()
                .put("com.sun.xml.ws.transport.https.client.SSLSocketFactory", tls); // sends the messages
        return port;
    }

    private static String env(String name) {
        return System.getenv(name);
    }

    private static void tell(String name, Object value) {
        OUT.println(name + "=" + value);
    }

    private static void tellReferrals(LowVoltagePortType port, String name, int number, String caseNumber)
            throws HubFault_Exception {
        GetIncomingReferrals asked = new GetIncomingReferrals();
        asked.setMessageId(env("MESSAGE_ID") + "-" + number);
        asked.setCaseNumber(caseNumber);
        int index = 0;
        for (IncomingReferral referral : port.getIncomingReferrals(asked).getReferrals()) {
            String row = name + "." + index++;
            tell(row + ".caseNumber", referral.getCaseNumber());
            tell(row + ".holderName", referral.getHolderName());
            tell(row + ".holderNameKana", referral.getHolderNameKana());
            tell(row + ".address", referral.getAddress());
            tell(row + ".pointNumber", referral.getPointNumber());
            tell(row + ".wishedDate", referral.getWishedDate());
        }
    }

    private static void tellFault(String name, HubFault_Exception problem) {
        HubFault fault = problem.getFaultInfo();
        tell(name + ".code", fault.getCode());
        tell(name + ".message", fault.getMessage());
        tell(name + ".action", fault.getAction());
        tell(name + ".retryable", fault.getRetryable().value());
        tell(name + ".messageId", fault.getMessageId());
        int index = 0;
        for (FaultFinding finding : fault.getFindings().getFinding()) {
            String row = name + ".findings." + index++;
            tell(row + ".field", finding.getField());
            tell(row + ".label", finding.getLabel());
            tell(row + ".rule", finding.getRule());
            tell(row + ".message", finding.getMessage());
            tell(row + ".action", finding.getAction());
        }
    }

    public static void main(String[] arguments) throws Exception {
        LowVoltagePortType newRetailer = clientOf("NEW_RETAILER_CERTIFICATE");
        LowVoltagePortType currentRetailer = clientOf("CURRENT_RETAILER_CERTIFICATE");
        DatatypeFactory dates = DatatypeFactory.newInstance();
        String version = com.sun.xml.ws.util.RuntimeVersion.VERSION.toString().split(" svn")[0];
        tell("client", version + " (Java " + Runtime.version().feature() + ")");

        Consent consent = new Consent();
        consent.setObtainedOn(dates.newXMLGregorianCalendar(env("TODAY")));
        consent.setMethod(ConsentMethod.PAPER);
        consent.setObtainedBy("霞が関営業所");
        RegisterReferral referral = new RegisterReferral();
        referral.setMessageId(env("MESSAGE_ID") + "-1");
        referral.setProcessKind(ProcessKind.REGISTER);
        referral.setPointNumber(env("POINT_NUMBER"));
        referral.setCurrentRetailerCode(env("CURRENT_RETAILER_CODE"));
        referral.setContractNumber("98765432109876");
        referral.setHolderName("髙﨑　花子");
        referral.setHolderNameKana("タカサキ　ハナコ");
        referral.setAddress("東京都千代田区霞が関９－８－７");
        referral.setWishedDate(dates.newXMLGregorianCalendar(env("WISHED_DATE")));
        referral.setMeterWork(MeterWork.NOT_NEEDED);
        referral.setConsent(consent);
        RegisterReferralResponse registered = newRetailer.registerReferral(referral);
        tell("registered.caseNumber", registered.getCaseNumber());
        tell("registered.version", registered.getVersion());
        tell("registered.casePhaseName", registered.getCasePhaseName());

        tellReferrals(currentRetailer, "own", 2, registered.getCaseNumber());
        tellReferrals(currentRetailer, "inbox", 3, null);

        RegisterReferral bad = new RegisterReferral();
        bad.setMessageId(env("MESSAGE_ID") + "-4");
        bad.setProcessKind(ProcessKind.REGISTER);
        bad.setPointNumber("031");
        bad.setHolderName("ﾊﾅｺ");
        try {
            newRetailer.registerReferral(bad);
        } catch (HubFault_Exception problem) {
            tellFault("many", problem);
        }
        GetReferralResults asked = new GetReferralResults();
        asked.setMessageId(env("MESSAGE_ID") + "-5");
        asked.setCaseNumber("SW03");
        try {
            newRetailer.getReferralResults(asked);
        } catch (HubFault_Exception problem) {
            tellFault("one", problem);
        }
    }
}
