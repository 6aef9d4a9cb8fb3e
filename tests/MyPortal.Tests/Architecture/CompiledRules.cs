using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MyPortal.Tests.Architecture;

/// <summary>The rules of docs/architecture.md that compiled code can be asked about.</summary>
internal static class CompiledRules
{
    private static readonly string[] CertificateNamespaces =
        ["System.Security.Cryptography.X509Certificates", "System.Security.Cryptography.Pkcs", "System.Formats.Asn1"];

    private static readonly string[] HttpTypes =
        ["HttpClient", "IHttpClientFactory", "HttpMessageInvoker", "HttpMessageHandler", "HttpClientHandler", "SocketsHttpHandler"];

    private static readonly HashSet<string> ClocksAndDice = new(StringComparer.Ordinal)
    {
        "DateTime.get_Now", "DateTime.get_UtcNow", "DateTime.get_Today", "DateTimeOffset.get_Now", "DateTimeOffset.get_UtcNow",
        "Guid.NewGuid", "Random..ctor", "Random.get_Shared",
    };

    private static readonly string[] EmptyWords = ["Helper", "Manager", "Util", "Common", "Base"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("A feature enters another only through its Public folder",
            "whoever changes a feature must see in one folder what others rely on",
            map => Uses(map, user => IsFeature(map.RoomOf(user)), (user, used) =>
                map.Types.Contains(used) && IsFeature(map.RoomOf(used)) && map.RoomOf(used) != map.RoomOf(user) && !IsPublic(used)),
            "Features.Inbox.EntersConsentsByTheWindow"),
        new("Plumbing never names a feature",
            "Data, Audit, Sealing and the like must not change when a screen does",
            map => Uses(map, user => !IsFeature(map.RoomOf(user)) && map.RoomOf(user) is not ("Program" or "App"), (_, used) =>
                map.Types.Contains(used) && IsFeature(map.RoomOf(used))),
            "Data.KnowsConsents"),
        new("The kernel knows no request, no worker and no contract",
            "words that everybody speaks must be readable and testable without a web server",
            map => Uses(map, user => map.RoomOf(user) is "Kernel", (_, used) =>
                IsIn(used, "Microsoft.AspNetCore.Http") || IsIn(used, "MyPortal.Contracts") || typeof(IHostedService).IsAssignableFrom(used)),
            "Kernel.KnowsTheRequest"),
        new("Pages and components touch neither Data nor Entity Framework",
            "a query in a page escapes the owner filter and the tests of the use case",
            map => Uses(map, IsComponent, (_, used) =>
                (map.Types.Contains(used) && map.RoomOf(used) is "Data") || IsIn(used, "Microsoft.EntityFrameworkCore")),
            "Features.Inbox.QueryingPage"),
        new("Entities know only the framework, the kernel, the words of the contracts and their own feature",
            "the rules of an entity must be readable and testable without a database, a web server or another feature",
            map => Uses(map, Entities(map).Contains, (user, used) =>
                map.Types.Contains(used) ? map.RoomOf(used) is not "Kernel" && map.RoomOf(used) != map.RoomOf(user)
                    : !IsIn(used, "System") && !IsIn(used, "MyPortal.Contracts") && used.Namespace is not null),
            "Features.Inbox.LetterThatKnowsTheDatabase"),
        new("Only Jpki and Certificates touch certificates, CMS and ASN.1",
            "one place decides whom we believe; a second one would decide differently",
            map => Uses(map, user => map.RoomOf(user) is not ("Jpki" or "Certificates"), (_, used) =>
                CertificateNamespaces.Any(name => IsIn(used, name))),
            "Features.Inbox.ReadsCertificates"),
        new("Only Hub, Jpki and Outbox call other machines",
            "outgoing calls need time limits, size limits and an address check, and they get them in three places only",
            map => Uses(map, user => map.RoomOf(user) is not ("Hub" or "Jpki" or "Outbox"), (_, used) =>
                IsIn(used, "System.Net.Http") && HttpTypes.Contains(used.Name)),
            "Features.Inbox.CallsOut"),
        new("Nobody reads the system clock or makes randomness",
            "a test that cannot set the clock or know the bytes proves nothing about expiry or keys",
            map => from user in map.Types
                   where map.RoomOf(user) is not ("Program" or "Kernel")
                   from member in TypeUse.MembersOf(user)
                   where ReadsClockOrDice(member) || (IsSystemClock(member) && !IsDoor(TypeUse.Outermost(user)))
                   select new Violation(NameOf(map, user), $"uses {member.DeclaringType!.Name}.{member.Name}"),
            "Features.Inbox.LooksAtTheWallClock"),
        new("No type is called Helper, Manager, Util, Common or Base",
            "such a name says what kind of class it is and hides what happens in it",
            map => map.Types.Where(type => EmptyWords.Any(word => Plain(type).EndsWith(word, StringComparison.Ordinal)))
                .Select(type => new Violation(NameOf(map, type), "says nothing")),
            "Features.Inbox.InboxHelper"),
        new("Classes are sealed unless somebody derives from them",
            "what nobody may override need not be checked for overriding",
            map => map.Types.Where(type => IsOpen(type) && !map.Types.Any(other => Ancestors(other).Contains(type)))
                .Select(type => new Violation(NameOf(map, type), "is not sealed")),
            "Features.Inbox.OpenForNobody"),
    ];

    private static IEnumerable<Violation> Uses(RoomMap map, Func<Type, bool> isUser, Func<Type, Type, bool> isForbidden) =>
        from user in map.Types
        where isUser(TypeUse.Outermost(user))
        from used in TypeUse.Of(user)
        where isForbidden(TypeUse.Outermost(user), used)
        select new Violation(NameOf(map, user), $"uses {used.FullName ?? used.Name}");

    private static string NameOf(RoomMap map, Type type) => map.NameOf(TypeUse.Outermost(type));

    private static bool IsFeature(string room) => room.StartsWith("Features.", StringComparison.Ordinal);

    private static bool IsPublic(Type type) => (type.Namespace + ".").Contains(".Public.", StringComparison.Ordinal);

    private static bool IsIn(Type type, string name) =>
        type.Namespace == name || (type.Namespace?.StartsWith(name + ".", StringComparison.Ordinal) ?? false);

    private static bool IsComponent(Type type) => typeof(IComponent).IsAssignableFrom(type);

    private static HashSet<Type> Entities(RoomMap map) => map.Types
        .SelectMany(type => type.GetInterfaces())
        .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>))
        .Select(face => face.GetGenericArguments()[0])
        .ToHashSet();

    private static bool ReadsClockOrDice(MemberInfo member) => member.DeclaringType is { } type
        && (ClocksAndDice.Contains($"{type.Name}.{member.Name}")
            || type.FullName is "System.Security.Cryptography.RandomNumberGenerator"
            || (member is MethodInfo { Name: nameof(Guid.CreateVersion7) } made && made.GetParameters().Length == 0));

    // The classes that register a room's services register the clock; everybody else is handed it.
    private static bool IsDoor(Type type) => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .SelectMany(method => method.GetParameters())
        .Any(parameter => parameter.ParameterType == typeof(IServiceCollection) || parameter.ParameterType == typeof(IHostApplicationBuilder));

    private static bool IsSystemClock(MemberInfo member) => member is { Name: "get_System", DeclaringType.Name: nameof(TimeProvider) };

    private static string Plain(Type type) => type.Name.Split('`')[0].TrimEnd('s');

    private static bool IsOpen(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsSealed: false }
        && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && type.Name is not ("Program" or "_Imports")
        && !IsComponent(type)
        && !typeof(Migration).IsAssignableFrom(type)
        && !typeof(ModelSnapshot).IsAssignableFrom(type);

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            yield return ancestor.IsGenericType ? ancestor.GetGenericTypeDefinition() : ancestor;
        }
    }
}
