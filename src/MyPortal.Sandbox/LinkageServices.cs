using MyPortal.Contracts.Hub;
using MyPortal.Sandbox.TestPersons;
using MyPortal.Sandbox.CertificateAuthority;
using MyPortal.Sandbox.Holders;
using MyPortal.Sandbox.Hub;
using MyPortal.Sandbox.Organisations;
using MyPortal.Sandbox.ResidentNetwork;
using MyPortal.Sandbox.Roles;
using MyPortal.Sandbox.Storage;

namespace MyPortal.Sandbox;

/// <summary>Hub, numbering body and holders, each with a store and a listener of its own.</summary>
internal sealed class LinkageServices
{
    private const string Portal = "portal";

    private readonly SandboxOptions options;
    private readonly IssuingAuthority authority;
    private readonly DataFolder data;
    private readonly TimeProvider clock;
    private readonly OrganisationCa ca;
    private readonly OrganisationTrust trust;
    private readonly Dictionary<string, OrganisationKeys> keys = new(StringComparer.Ordinal);

    public LinkageServices(SandboxOptions options, IssuingAuthority authority, DataFolder data, TimeProvider clock)
    {
        (this.options, this.authority, this.data, this.clock) = (options, authority, data, clock);
        ca = OrganisationCa.LoadOrFound(data.Sub("ca"), clock);
        trust = new OrganisationTrust(ca.Certificate, clock);
        foreach (var id in (string[])[Portal, HubApi.Id, NumberingBody.Id, CityRecords.Organisation, PensionRecords.Organisation])
        {
            keys[id] = OrganisationKeys.LoadOrMake(id, data.Sub(id).Sub("keys"), ca);
        }
    }

    /// <summary>Everybody whom the numbering body knows.</summary>
    public IReadOnlyList<Person> Residents { get; init; } = People.All;

    /// <summary>What the portal joins with.</summary>
    public PortalMembership Membership => new(ca.Certificate, data.Sub(Portal).Sub("keys"));

    public IReadOnlyList<Role> Roles()
    {
        var residents = new ResidentBook(data.Sub(NumberingBody.Id), Residents);
        var codes = new CodeConverter(data.Sub(HubApi.Id));
        return
        [
            HubRole(codes),
            NumberingRole(residents),
            HolderRole(CityRecords.Organisation, "さくら市（税・住民票）", options.City, CityRecords.Of, residents, codes),
            HolderRole(PensionRecords.Organisation, "年金の機関", options.PensionAgency, PensionRecords.Of, residents, codes),
        ];
    }

    private Role HubRole(CodeConverter codes)
    {
        var (self, folder) = (keys[HubApi.Id], data.Sub(HubApi.Id));
        var register = new HubRegister(Participants(), self, trust, clock);
        var recorder = new HubRecorder(folder, clock);
        var caller = new SignedCaller(self, trust, clock);
        var own = new HolderRequestHandler(self, register, new HubFiles(recorder, codes, register, caller), new HolderBook(folder.Sub("holder"), clock), clock, new FaultInjection());
        var gateway = new Gateway(register, codes, new RequestRate(clock), recorder, new HolderClient(register, caller, own, clock));
        var api = new HubApi(register, new Linking(register, codes, caller, clock), gateway, recorder);
        var desk = new SignedEndpoint(self, register, new SeenNonces(folder), clock, SignedAnswer.AtHub);
        return Protected(HubApi.Id, "情報連携ハブ", options.Hub, app => api.Map(app, desk));
    }

    private Role NumberingRole(ResidentBook residents)
    {
        var self = keys[NumberingBody.Id];
        var body = new NumberingBody(residents, new CardEvidence(authority, clock));
        var directory = new JoinedDirectory(new SignedCaller(self, trust, clock), trust, options.Hub, clock);
        var desk = new SignedEndpoint(self, directory, new SeenNonces(data.Sub(NumberingBody.Id)), clock, SignedAnswer.AtHub);
        return Protected(NumberingBody.Id, "付番機関（住基ネットの全国センター）", options.NumberingBody, app => body.Map(app, desk));
    }

    private Role HolderRole(string id, string title, Uri address, Func<Person, IReadOnlyDictionary<string, HeldDataset>> known, ResidentBook residents, CodeConverter codes)
    {
        var (self, folder, trouble) = (keys[id], data.Sub(id), new FaultInjection());
        var itsClock = new FaultyClock(clock, trouble);
        var files = new PeopleFiles(folder, id, trouble);
        InitialMatching.Hand(id, files, residents, codes, known);
        var caller = new SignedCaller(self, trust, itsClock);
        var directory = new JoinedDirectory(caller, trust, options.Hub, itsClock);
        var holder = new HolderRequestHandler(self, directory, files, new HolderBook(folder, itsClock), itsClock, trouble);
        var api = new HolderApi(holder, directory, caller);
        var desk = new SignedEndpoint(self, directory, new SeenNonces(folder), itsClock, SignedAnswer.AtHolder);
        return Protected(id, title, address, app => api.Map(app, desk), trouble);
    }

    private Role Protected(string id, string title, Uri address, Action<WebApplication> map, FaultInjection? trouble = null) =>
        new(id, title, address, map) { Protect = listen => MutualTlsListener.Require(listen, keys[id], trust), Trouble = trouble };

    private List<Participant> Participants() =>
    [
        Participant(HubApi.Id, "hub", options.Hub, new Label("情報連携ハブ", "Linkage hub", "じょうほうを つなぐ ところ")),
        Participant(NumberingBody.Id, "numbering-body", options.NumberingBody, new Label("付番機関", "Numbering body", "ばんごうを つける ところ")),
        Participant(Portal, "portal", null, new Label("マイ・ポータル", "My Portal", "マイ・ポータル")),
        Participant(CityRecords.Organisation, "municipality", options.City, new Label("さくら市", "Sakura City", "さくら市")),
        Participant(PensionRecords.Organisation, "agency", options.PensionAgency, new Label("年金の機関", "Pension agency", "ねんきんの ところ")),
    ];

    private Participant Participant(string id, string kind, Uri? address, Label name) =>
        new(id, name, kind, address?.GetLeftPart(UriPartial.Authority) ?? "", keys[id].SigningCertificate.RawData, keys[id].SealingCertificate.RawData);
}
